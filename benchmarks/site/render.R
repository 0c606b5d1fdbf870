# One parameterised R Markdown report per city, the way an analyst would make them today.
# Rscript render.R PROGRAMME OUT base|ggplot2 UNIT [UNIT ...]; prints the seconds that each report took.

arguments <- commandArgs(trailingOnly = TRUE)
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
for (part in c("answers.R", "sentences.R", "cases.R", "charts.R")) source(file.path(here, part), encoding = "UTF-8")

out <- arguments[2]
sentences_folder <- file.path(normalizePath(out), "sentences")
dir.create(sentences_folder)
programme <- read_programme(arguments[1])

for (unit in arguments[-(1:3)]) {
  start <- proc.time()[["elapsed"]]
  rmarkdown::render(
    file.path(here, "profile.Rmd"), params = list(unit = unit, charts = arguments[3]),
    output_file = paste0(unit, ".html"), output_dir = out, intermediates_dir = file.path(out, "work"),
    envir = new.env(parent = globalenv()), quiet = TRUE
  )
  cat(unit, proc.time()[["elapsed"]] - start, "\n")
}
