# Tables of random samples by R's survey package: Rscript random_designs.R FOLDER. Reads FOLDER/cases.csv and its samples,
# writes FOLDER/by_r.csv.
suppressMessages(library(survey)); options(survey.lonely.psu = "fail", digits = 17)
folder <- commandArgs(TRUE)[1]
cases <- read.csv(file.path(folder, "cases.csv"), colClasses = "character", na.strings = "")
rows <- list()
formula_of <- function(columns) if (is.na(columns)) NULL else as.formula(paste("~", gsub(",", "+", columns)))
for (at in seq_len(nrow(cases))) {
  case <- cases[at, ]
  data <- read.csv(file.path(folder, paste0(case$file, ".csv")), stringsAsFactors = FALSE, na.strings = "")
  design <- svydesign(
    ids = if (is.na(case$cluster)) ~1 else formula_of(case$cluster), strata = formula_of(case$strata),
    weights = formula_of(case$weights), fpc = formula_of(case$fpc), nest = TRUE, data = data)
  tight <- list(maxit = 200, epsilon = 1e-12)
  population <- function(column) {
    levels <- sort(unique(data[[column]]))
    total <- as.numeric(strsplit(case$population, " ")[[1]])[seq_along(levels)]
    setNames(data.frame(levels, total), c(column, "Freq"))
  }
  if (case$adjusted %in% "poststratify") design <- postStratify(design, ~region, population("region"))
  if (case$adjusted %in% "rake") design <- rake(design, list(~region, ~size), list(population("region"), {
    sizes <- population("size"); sizes$Freq <- sizes$Freq / sum(sizes$Freq) * sum(population("region")$Freq); sizes
  }), control = tight)
  groups <- if (is.na(case$by)) "all" else sort(unique(data[[case$by]]))
  variable <- if (is.na(case$mean)) "said" else case$mean
  kinds <- if (is.na(case$mean)) sort(unique(na.omit(data$said))) else ""
  for (group in groups) for (kind in kinds) {
    inside <- !is.na(data[[variable]]) & (if (is.na(case$by)) TRUE else data[[case$by]] %in% group)
    design$variables$value <- if (is.na(case$mean)) as.numeric(data$said %in% kind) else ifelse(inside, data[[variable]], 0)
    design$variables$inside <- inside
    domain <- subset(design, inside)
    m <- suppressWarnings(svymean(~value, domain, deff = TRUE))
    ci <- if (is.na(case$mean)) {
      suppressWarnings(tryCatch(as.numeric(attr(svyciprop(~value, domain, method = case$interval), "ci")), error = function(e) c(NA, NA)))
    } else suppressWarnings(as.numeric(confint(m, df = degf(domain))))
    rows[[length(rows) + 1]] <- data.frame(
      case = case$case, group = group, category = kind, base = sum(inside), estimate = as.numeric(coef(m)),
      se = as.numeric(SE(m)), lower = ci[1], upper = ci[2], deff = as.numeric(deff(m)), df = degf(domain))
  }
}
write.csv(format(do.call(rbind, rows), digits = 17), file.path(folder, "by_r.csv"), row.names = FALSE)
