# Sentences whose case the plan gives by several answers together, and the lines about what is missing.

number_state <- function(value) if (value == 0) "zero" else if (value == 1) "one" else "many"

is_on_record <- function(city, variable) {
  answer <- city$answers[[variable]]
  if (is.null(answer)) !is.na(city$latest[[variable]]) else answer$answered
}

# What a case can ask of an answer: that it is missing or there, its codes, or the size of a number.
states_of <- function(city, variable) {
  if (!is_on_record(city, variable)) return("missing")
  answer <- city$answers[[variable]]
  if (!is.null(answer)) return(c("answered", answer$codes))
  number <- suppressWarnings(as.numeric(city$latest[[variable]]))
  c("answered", if (!is.na(number)) number_state(number))
}

# The sentence of the first case that holds.
case_sentence <- function(programme, city, id) {
  blocks <- unlist(lapply(programme$plan$sections, function(section) section$blocks), recursive = FALSE)
  cases <- Find(function(block) identical(block$id, id), blocks)$cases
  for (case in names(cases)) {
    holds <- vapply(names(cases[[case]]), function(variable) {
      any(unlist(cases[[case]][[variable]]) %in% states_of(city, variable))
    }, TRUE)
    if (all(holds)) return(say(programme, city, id, case, team_values(programme, city)))
  }
}

team_values <- function(programme, city) {
  own <- city$latest
  number <- function(value) if (is.na(value)) NA else grouped(value)
  place <- city$answers$team_location$codes
  list(
    team_staff = number(own$team_staff), team_staff_text = own$team_staff_text, roles_count = number(own$roles_count),
    team_location = if (length(place)) programme$counts$team_location$in_text[[place]] else NA,
    team_location_text = new_words(own$team_location_text, programme$counts$team_location$labels[place])
  )
}

# The words, unless they only repeat the label that they describe.
new_words <- function(words, labels) {
  parts <- function(text) unlist(regmatches(tolower(text), gregexpr("[[:alnum:]]+", text)))
  if (!is.na(words) && length(labels) && all(parts(words) %in% parts(labels))) NA else words
}

team_sentences <- function(programme, city) {
  c(
    choice_sentence(programme, city, "has_team"), case_sentence(programme, city, "team_place"),
    case_sentence(programme, city, "team_described"), case_sentence(programme, city, "team_elsewhere")
  )
}

roles_sentences <- function(programme, city) {
  c(choice_sentence(programme, city, "roles", several = TRUE), case_sentence(programme, city, "roles_number"))
}

# One line for all questions of a section that lack an answer for the same reason, said where the first of them stands.
missing_line <- function(programme, city, variable) {
  for (section in programme$plan$sections) {
    missing <- missing_in(section, city)
    for (reason in unique(missing)) {
      variables <- names(missing)[missing == reason]
      if (variables[1] == variable) return(line_about(programme, city, variables, reason))
    }
  }
}

missing_in <- function(section, city) {
  missing <- character()
  for (block in section$blocks) {
    if (is.null(block$variable) || !block$kind %in% c("sentence", "answers")) next
    stood_in <- any(vapply(block$stands_in, function(other) is_on_record(city, other), TRUE))
    if (is_on_record(city, block$variable) || stood_in) next
    missing[[block$variable]] <- if (city$answers[[block$variable]]$routed) "routed" else "not on record"
  }
  missing
}

line_about <- function(programme, city, variables, reason) {
  questions <- lapply(variables, function(variable) {
    tail(Filter(Negate(is.null), lapply(programme$questions, function(wave) wave[[variable]])), 1)[[1]]
  })
  labels <- vapply(questions, function(question) question$label, "")
  labels <- running_list(c(labels[1], vapply(labels[-1], in_text, "")))
  wave <- city$latest$wave
  if (reason == "not on record") return(sprintf("%s: no answer on record for %s.", labels, wave))
  sprintf("%s: asked only of %s, so not asked here in %s.", labels, in_text(questions[[1]]$universe$text), wave)
}
