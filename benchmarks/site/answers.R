# Reads a programme's files and counts its answers, once for all reports.

read_programme <- function(folder) {
  waves <- sub("[.]csv$", "", sort(list.files(file.path(folder, "responses"), "[.]csv$")))
  responses <- lapply(setNames(waves, waves), function(wave) {
    read_plain(file.path(folder, "responses", paste0(wave, ".csv")))
  })
  programme <- list(
    units = read_plain(file.path(folder, "units.csv")),
    published = read_plain(file.path(folder, "published.csv")),
    wording = read_plain_yaml(file.path(folder, "wording", "en.yml")),
    plan = read_plain_yaml(file.path(folder, "profile.yml")),
    questions = lapply(setNames(waves, waves), function(wave) {
      questions_of(read_plain_yaml(file.path(folder, "instruments", paste0(wave, ".yml"))))
    }),
    responses = responses,
    waves = waves
  )
  programme$latest <- latest_responses(responses)
  programme$counts <- lapply(choice_variables(programme), function(variable) count_variable(programme, variable))
  programme
}

read_plain <- function(path) {
  read.csv(path, colClasses = "character", na.strings = "", encoding = "UTF-8", check.names = FALSE)
}

# yes and no are codes of the questionnaires, not truth values; true stays a word as well.
read_plain_yaml <- function(path) {
  as_written <- function(x) x
  yaml::read_yaml(path, handlers = list("bool#yes" = as_written, "bool#no" = as_written))
}

questions_of <- function(instrument) {
  questions <- unlist(lapply(instrument$sections, function(section) section$questions), recursive = FALSE)
  setNames(questions, vapply(questions, function(question) question$variable, ""))
}

# Each city once, with its latest response.
latest_responses <- function(responses) {
  stacked <- do.call(rbind, lapply(names(responses), function(wave) cbind(responses[[wave]], wave = wave)))
  stacked[!duplicated(stacked$unit, fromLast = TRUE), ]
}

choice_variables <- function(programme) {
  asked <- do.call(c, unname(programme$questions))
  names <- unique(names(Filter(function(question) !is.null(question$categories), asked)))
  setNames(names, names)
}

split_cells <- function(cells, by) {
  lapply(strsplit(ifelse(is.na(cells), "", cells), by, fixed = TRUE), function(parts) {
    parts <- trimws(parts)
    parts[parts != ""]
  })
}

# The categories of all waves, with the label of the last wave that offered each, and which wave offered them.
count_variable <- function(programme, variable) {
  labels <- exclusive <- said <- list()
  offered <- list()
  for (wave in programme$waves) {
    categories <- programme$questions[[wave]][[variable]]$categories
    offered[[wave]] <- vapply(categories, function(category) category$code, "")
    for (category in categories) {
      labels[[category$code]] <- category$label
      said[[category$code]] <- if (is.null(category$in_text)) in_text(category$label) else category$in_text
      exclusive[[category$code]] <- identical(category$exclusive, "true")
    }
  }
  answers <- answers_of(programme$latest, variable)
  base <- vapply(names(labels), function(code) {
    sum(answers$answered & vapply(programme$latest$wave, function(wave) code %in% offered[[wave]], TRUE))
  }, 0L)
  numerator <- vapply(names(labels), function(code) {
    sum(answers$answered & vapply(answers$codes, function(codes) code %in% codes, TRUE))
  }, 0L)
  list(labels = unlist(labels), in_text = unlist(said), exclusive = unlist(exclusive), numerator = numerator, base = base,
       own_words = sum(lengths(answers$own) > 0), answered = sum(answers$answered))
}

# Codes and own words of each response; a recorded "no" to the funding question routes past its two follow-ups.
answers_of <- function(responses, variable) {
  codes <- split_cells(responses[[variable]], " ")
  other <- responses[[paste0(variable, "_other")]]
  own <- if (is.null(other)) rep(list(character()), nrow(responses)) else split_cells(other, ";")
  routed <- variable %in% c("funding_sources", "funded_activities") & responses$has_funding %in% "no"
  codes[routed] <- own[routed] <- list(character())
  list(codes = codes, own = own, routed = routed, answered = lengths(codes) + lengths(own) > 0)
}
