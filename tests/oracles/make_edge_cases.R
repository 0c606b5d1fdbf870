# Tables of `cityfolio tabulate` as R's survey package gives them: more designs, subsets, missing answers and edges.
# Run in this folder: Rscript make_edge_cases.R. Writes edge_cases.csv, edge_input_*.csv and edge_population_*.csv.
suppressMessages(library(survey)); options(survey.lonely.psu = "fail", digits = 15)
data(api); rows <- list()
save_input <- function(name, data) write.csv(data, paste0("edge_input_", name, ".csv"), row.names = FALSE, na = "")

# one line per group and category, each from the subset of those who answered
tabulate <- function(case, design, variable, by = NULL, method = "logit") {
  values <- design$variables[[variable]]
  groups <- if (is.null(by)) "all" else sort(unique(as.character(design$variables[[by]][!is.na(design$variables[[by]])])))
  categories <- sort(unique(as.character(values[!is.na(values)])))
  for (g in groups) for (k in categories) {
    inside <- !is.na(values) & (if (is.null(by)) TRUE else design$variables[[by]] %in% g)
    d <- design; d$variables$chose <- as.numeric(as.character(values) == k); d$variables$inside <- inside
    s <- subset(d, inside); x <- d$variables$chose[inside]
    m <- suppressWarnings(svymean(~chose, s, deff = TRUE, na.rm = TRUE))
    ci <- suppressWarnings(tryCatch(as.numeric(attr(svyciprop(~chose, s, method = method, na.rm = TRUE), "ci")), error = function(e) c(NA, NA)))
    edge <- mean(x) %in% c(0, 1) || SE(m) < 1e-10
    if (edge && method != "mean") ci <- c(NA, NA)
    rows[[length(rows) + 1]] <<- data.frame(case = case, group = g, category = k, n = sum(x), base = length(x), estimate = as.numeric(coef(m)),
      se = as.numeric(SE(m)), lower = ci[1], upper = ci[2], deff = if (edge) NA else as.numeric(deff(m)), df = degf(s))
  }
}
tabulate_mean <- function(case, design, variable, by = NULL) {
  values <- design$variables[[variable]]
  groups <- if (is.null(by)) "all" else sort(unique(as.character(design$variables[[by]])))
  for (g in groups) {
    inside <- !is.na(values) & (if (is.null(by)) TRUE else design$variables[[by]] %in% g)
    d <- design; d$variables$inside <- inside; d$variables$x <- ifelse(inside, values, 0); s <- subset(d, inside)
    m <- suppressWarnings(svymean(~x, s, deff = TRUE)); ci <- suppressWarnings(confint(m, df = degf(s)))
    rows[[length(rows) + 1]] <<- data.frame(case = case, group = g, category = "", n = sum(inside), base = sum(inside), estimate = as.numeric(coef(m)),
      se = as.numeric(SE(m)), lower = ci[1], upper = ci[2], deff = as.numeric(deff(m)), df = degf(s))
  }
}

# a random half with gaps
set.seed(7); half <- apistrat[sort(sample(200, 110)), c("stype", "awards", "sch.wide", "comp.imp", "enroll", "api00", "pw", "fpc", "cname")]
half$awards[sample(110, 25)] <- NA; half$enroll[sample(110, 12)] <- NA; half$sch.wide[sample(110, 9)] <- NA
save_input("half", half)
d <- svydesign(id = ~1, strata = ~stype, fpc = ~fpc, data = half)
for (m in c("logit", "beta", "mean", "asin", "xlogit")) tabulate(paste0("half_strata_fpc_", m), d, "awards", "sch.wide", m)
tabulate_mean("half_strata_fpc_enroll", d, "enroll", "stype"); tabulate_mean("half_strata_fpc_enroll_all", d, "enroll")
tabulate("half_strata_weights", svydesign(id = ~1, strata = ~stype, weights = ~pw, data = half), "comp.imp", "stype")
tabulate("half_weights", svydesign(id = ~1, weights = ~pw, data = half), "stype", "awards", "beta")

# clusters: few units, categories that nobody of a group chose, one unit in a group
set.seed(11); few <- apiclus1[apiclus1$dnum %in% sample(unique(apiclus1$dnum), 8), c("dnum", "stype", "awards", "yr.rnd", "sch.wide", "api00", "pw", "fpc", "cname")]
few$awards[c(3, 9, 20)] <- NA; few$side <- ifelse(few$dnum == few$dnum[1], "one", "rest"); save_input("few", few)
d <- svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = few)
for (m in c("logit", "beta", "mean")) tabulate(paste0("few_clusters_", m), d, "yr.rnd", "stype", m)
tabulate("few_clusters_side", d, "awards", "side", "beta"); tabulate_mean("few_clusters_side_mean", d, "api00", "side")
tabulate("few_clusters_from_fpc", svydesign(id = ~dnum, fpc = ~fpc, data = few), "awards")

# two stages, part of the outer units; inner identifiers start again in each outer unit; sampling fractions
two <- apiclus2[apiclus2$dnum %in% unique(apiclus2$dnum)[c(3:8, 10:31)], c("dnum", "snum", "stype", "awards", "sch.wide", "enroll", "pw", "fpc1", "fpc2")]
two$within <- ave(two$snum, two$dnum, FUN = seq_along); two <- two[order(two$stype, two$snum), ]
two$f1 <- length(unique(two$dnum)) / two$fpc1; two$f2 <- ave(two$snum, two$dnum, FUN = length) / two$fpc2; save_input("two", two)
d <- svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = two)
tabulate("two_stages", d, "awards", "stype"); tabulate_mean("two_stages_enroll", d, "enroll", "awards")
tabulate("two_stages_fractions", d, "awards", "stype")

# strata of clusters, identifiers that start again in each stratum
nested <- data.frame(region = rep(c("a", "b", "c"), c(12, 18, 10)), town = c(rep(1:3, each = 4), rep(1:6, each = 3), rep(1:2, each = 5)))
set.seed(3); nested$yes <- sample(c("yes", "no", NA), 40, TRUE, c(.5, .4, .1)); nested$w <- round(runif(40, 1, 9), 3); nested$size <- sample(c("big", "small"), 40, TRUE)
nested$w[c(2, 17)] <- 0; nested$towns <- c(a = 9, b = 6, c = 40)[nested$region]; save_input("nested", nested)
d <- svydesign(id = ~town, strata = ~region, weights = ~w, nest = TRUE, data = nested)
fp <- svydesign(id = ~town, strata = ~region, weights = ~w, fpc = ~towns, nest = TRUE, data = nested)
tab0 <- function(case, d, ...) { d$variables$yes[nested$w == 0] <- NA; tabulate(case, d, ...) }
tab0("nested_strata", d, "yes", "size"); tab0("nested_strata_fpc", fp, "yes", NULL, "beta")

# adjusted weights, with missing answers in domains
types <- data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018)); wide <- data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))
cross <- as.data.frame(xtabs(~stype + sch.wide, apipop)); cross$stype <- as.character(cross$stype)
write.csv(types, "edge_population_types.csv", row.names = FALSE); write.csv(wide, "edge_population_wide.csv", row.names = FALSE); write.csv(cross, "edge_population_cross.csv", row.names = FALSE)
gaps <- apiclus1[, c("dnum", "stype", "awards", "sch.wide", "comp.imp", "both", "api00", "pw", "fpc")]; set.seed(5); gaps$awards[sample(183, 40)] <- NA
gaps$api00[sample(183, 30)] <- NA; save_input("gaps", gaps); d <- svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = gaps)
post <- postStratify(d, ~stype, types); tight <- list(maxit = 50, epsilon = 1e-10)
for (m in c("logit", "beta", "mean")) tabulate(paste0("gaps_post_", m), post, "awards", "stype", m)
tabulate("gaps_post_cross", postStratify(d, ~stype + sch.wide, cross), "comp.imp", "awards")
raked <- rake(d, list(~stype, ~sch.wide), list(types, wide), control = tight)
for (m in c("logit", "beta", "mean")) tabulate(paste0("gaps_rake_", m), raked, "awards", "comp.imp", m)
tabulate_mean("gaps_rake_api00", raked, "api00", "stype")
tabulate("gaps_post_then_rake", rake(postStratify(d, ~stype, types), list(~stype, ~sch.wide), list(types, wide), control = tight), "both")

# a census of one stratum beside a sample of the other
part <- data.frame(size = rep(c("big", "small"), c(6, 14)), net = c(1:3, 1:3, 1:4, 1:4, 1:4, 1, 2) %% 2, cities = rep(c(6, 80), c(6, 14))); part$net <- ifelse(part$net == 1, "yes", "no"); save_input("part", part)
d <- svydesign(id = ~1, strata = ~size, fpc = ~cities, data = part); tabulate("part_census", d, "net", NULL); tabulate("part_census_by", d, "net", "size", "mean")
write.csv(format(do.call(rbind, rows), digits = 15, trim = TRUE), "edge_cases.csv", row.names = FALSE)
