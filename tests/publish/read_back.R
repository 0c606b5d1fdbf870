# What R reads of the published files: Rscript read_back.R DATA OUT. Writes OUT/*.csv, one row a cell or a fact, to be compared.
arguments <- commandArgs(trailingOnly = TRUE)
data <- arguments[1]
out <- arguments[2]
written <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
wrote <- function(table, name) write.csv(table, file.path(out, name), row.names = FALSE, fileEncoding = "UTF-8")

# haven: each cell with the label of its variable, the label of its value, and which kind of missing it is.
cells <- function(table, reason_of) {
  do.call(rbind, lapply(names(table), function(name) {
    column <- table[[name]]
    plain <- if (is.numeric(column)) written(as.numeric(column)) else as.character(column)
    label <- attr(column, "label", exact = TRUE)
    data.frame(
      row = seq_along(plain), variable = name, label = if (is.null(label)) "" else label, value = plain,
      said = if (haven::is.labelled(column)) ifelse(is.na(as_said <- as.character(haven::as_factor(column, levels = "labels"))), "", as_said) else "",
      reason = reason_of(column), stringsAsFactors = FALSE
    )
  }))
}
sav <- haven::read_sav(file.path(data, "responses.sav"), user_na = TRUE)
wrote(cells(sav, function(column) {
  bounds <- attr(column, "na_range")
  if (is.null(bounds)) return(rep("", length(column)))
  written(ifelse(column >= bounds[1] & column <= bounds[2], as.numeric(column), NA))
}), "sav.csv")
dta <- haven::read_dta(file.path(data, "responses.dta"))
wrote(cells(dta, function(column) if (is.numeric(column)) ifelse(is.na(haven::na_tag(column)), "", haven::na_tag(column)) else ""), "dta.csv")

# readr and jsonlite: the facts.
of <- c("fact", "value", "numerator", "base")
read <- as.data.frame(readr::read_csv(file.path(data, "facts.csv"), show_col_types = FALSE, guess_max = Inf))[of]
wrote(as.data.frame(lapply(read, function(x) if (is.numeric(x)) written(x) else x)), "readr.csv")
read <- jsonlite::fromJSON(file.path(data, "facts.json"))[of]
wrote(as.data.frame(lapply(read, function(x) if (is.numeric(x)) written(x) else x)), "jsonlite.csv")
