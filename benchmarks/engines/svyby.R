# Shares with standard errors of one question of 12 categories, by wave, wave and region, wave and size: R's survey package.
# Prints the seconds of the three calls (reading the file and declaring the design are not counted) and a checksum.
suppressPackageStartupMessages(library(survey))
data <- read.csv(commandArgs(trailingOnly = TRUE)[1], colClasses = "numeric")
design <- svydesign(ids = ~1, weights = ~w, data = data)
answers <- ~c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11
started <- proc.time()
tables <- lapply(c(~wave, ~wave + region, ~wave + size), function(by) svyby(answers, by, design, svymean, na.rm = TRUE))
taken <- proc.time() - started
means <- sum(sapply(tables, function(table) sum(coef(table))))
errors <- sum(sapply(tables, function(table) sum(SE(table))))
cat(sprintf("core=%.3f cpu=%.3f means=%.9f errors=%.9f\n", taken["elapsed"], taken[["user.self"]] + taken[["sys.self"]], means, errors))
