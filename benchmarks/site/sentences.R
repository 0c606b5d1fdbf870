# The sentences of one city's report: the patterns of the programme's wording, filled in.

in_text <- function(label) {
  small <- function(part) {
    if (grepl("^.([a-z]| |$)", part)) paste0(tolower(substr(part, 1, 1)), substring(part, 2)) else part
  }
  parts <- strsplit(label, "/", fixed = TRUE)[[1]]
  paste(vapply(parts, small, ""), collapse = "/")
}

# Semicolons where an item holds a comma or an "and" of its own.
running_list <- function(items) {
  if (length(items) < 2) return(paste(items, collapse = ""))
  crowded <- any(grepl(", | and ", items))
  comma <- if (crowded) "; " else ", "
  paste0(paste(head(items, -1), collapse = comma), if (crowded) "; and " else " and ", tail(items, 1))
}

per_cent <- function(numerator, base) {
  rounded <- floor((200 * numerator + base) / (2 * base))
  if (numerator > 0 && numerator < base) rounded <- min(max(rounded, 1), 99)
  paste(rounded, "%")
}

alone <- function(base) sprintf("alone among the %d cities with an answer on record", base)

same_answer <- function(count, code, verb, thin) {
  numerator <- count$numerator[[code]]
  base <- count$base[[code]]
  if (numerator == 1) return(alone(base))
  if (numerator == base) return(sprintf("%s all %d cities with an answer on record", verb, base))
  said <- sprintf("%s %d of the %d cities with an answer on record", verb, numerator, base)
  if (base < thin) said else sprintf("%s (%s)", said, per_cent(numerator, base))
}

quantities <- list(
  list("fewer than one in ten cities", 0, 1 / 10), list("about one in ten cities", 1 / 10, 3 / 20),
  list("about one in six cities", 3 / 20, 37 / 200), list("about one in five cities", 37 / 200, 9 / 40),
  list("about one in four cities", 9 / 40, 29 / 100), list("about one in three cities", 29 / 100, 3 / 8),
  list("about two in five cities", 3 / 8, 9 / 20), list("nearly half of the cities", 9 / 20, 1 / 2),
  list("more than half of the cities", 1 / 2, 31 / 50), list("about two in three cities", 31 / 50, 71 / 100),
  list("about three in four cities", 71 / 100, 4 / 5), list("more than four in five cities", 4 / 5, 9 / 10),
  list("more than nine in ten cities", 9 / 10, 1)
)

same_in_words <- function(count, code) {
  numerator <- count$numerator[[code]]
  base <- count$base[[code]]
  if (numerator == 1) return(alone(base))
  share <- numerator / base
  words <- if (share == 1) "all cities" else if (share == 1 / 2) "half of the cities" else
    Find(function(quantity) quantity[[2]] <= share && share < quantity[[3]], quantities)[[1]]
  sprintf("as do %s with an answer on record (%d of %d, %s)", words, numerator, base, per_cent(numerator, base))
}

# One city as the report sees it: its latest response, those before, and its answers to the choice questions.
city_of <- function(programme, unit) {
  own <- function(responses) responses[responses$unit == unit, ]
  latest <- own(programme$latest)
  described <- programme$units[programme$units$unit == unit, ]
  name <- if (is.na(described$display_name)) described$name else described$display_name
  rest <- rev(Filter(nrow, lapply(programme$responses, own)))
  list(
    unit = unit, name = name, country = described$country, latest = latest, held = rest,
    subject = if (grepl(", ", name, fixed = TRUE)) paste0(name, ",") else name,
    possessive = if (endsWith(name, "s")) paste0(name, "'") else paste0(name, "'s"),
    answers = lapply(choice_variables(programme), function(variable) {
      found <- answers_of(latest, variable)
      list(codes = found$codes[[1]], own = found$own[[1]], routed = found$routed, answered = found$answered)
    })
  )
}

# Fills the names of a pattern; a name without a value drops the sentence.
fill <- function(pattern, values) {
  for (name in names(values)) {
    if (grepl(paste0("{", name, "}"), pattern, fixed = TRUE)) {
      if (is.null(values[[name]]) || is.na(values[[name]])) return(NULL)
      pattern <- gsub(paste0("{", name, "}"), values[[name]], pattern, fixed = TRUE)
    }
  }
  if (grepl("{", pattern, fixed = TRUE)) NULL else trimws(pattern)
}

say <- function(programme, city, block, case, values = list()) {
  pattern <- programme$wording$sentences[[block]][[case]]
  if (is.null(pattern)) return(NULL)
  fill(pattern, c(list(unit.subject = city$subject, unit.possessive = city$possessive), values))
}

# The sentence of a choice question: its case is the code, or none, one or many of several.
choice_sentence <- function(programme, city, variable, several = FALSE) {
  answer <- city$answers[[variable]]
  if (!answer$answered) return(NULL)
  count <- programme$counts[[variable]]
  chosen <- c(count$in_text[answer$codes], sprintf("\u201c%s\u201d", answer$own))
  values <- list()
  values[[variable]] <- running_list(chosen)
  values[[paste0(variable, ".count")]] <- length(chosen)
  if (length(answer$codes) == 1) {
    values[[paste0(variable, ".same")]] <- same_answer(count, answer$codes, "as do", programme$plan$thin_base)
    values[[paste0(variable, ".like")]] <- same_answer(count, answer$codes, "like", programme$plan$thin_base)
  }
  case <- answer$codes[1]
  if (several) case <- if (any(count$exclusive[answer$codes])) "none" else if (length(chosen) == 1) "one" else "many"
  say(programme, city, variable, case, values)
}

data_sentence <- function(programme, city) {
  number <- length(city$answers$data_sufficient$codes)
  if (number) say(programme, city, "data_areas", number_state(number), list(data_sufficient.count = number))
}

grouped <- function(number) format(as.numeric(number), big.mark = ",", scientific = FALSE, trim = TRUE)

# The plain facts at the head of the report, each from the latest response that has it.
head_sentences <- function(programme, city) {
  first <- function(make) {
    for (response in city$held) {
      said <- make(response)
      if (!is.null(said)) return(said)
    }
  }
  c(
    first(function(r) if (!is.na(r$head_of_city)) {
      case <- if (is.na(r$head_title)) "untitled" else "titled"
      say(programme, city, "head_of_city", case, list(head_title = r$head_title, head_of_city = r$head_of_city))
    }),
    first(function(r) if (!is.na(r$population)) {
      case <- if (is.na(r$population_year)) "undated" else "dated"
      say(programme, city, "population_of_city", case,
          list(population = grouped(r$population), population_year.plain = r$population_year))
    }),
    first(function(r) if (!is.na(r$lead_innovation_officer)) {
      names <- split_cells(r$lead_innovation_officer, ";")[[1]]
      case <- if (length(names) == 1) "one" else "several"
      say(programme, city, "officers", case, list(lead_innovation_officer = running_list(names)))
    })
  )
}

# What sets the city apart first: the rarest answer of each question, the rarest three and the most common one.
in_short <- function(programme, city) {
  found <- Filter(Negate(is.null), lapply(programme$plan$in_short$variables, function(variable) {
    rarest_answer(programme, city, variable)
  }))
  found <- found[order(vapply(found, function(one) one$share, 0))]
  most <- programme$plan$in_short$most
  if (length(found) > most) found <- c(found[seq_len(most - 1)], found[length(found)])
  # The first sentence names the city, the others speak on.
  names <- c(city$subject, rep("It", max(length(found) - 1, 0)))
  unlist(Map(function(one, it) fill(one$pattern, c(list(it = it), one$values)), found, names[seq_along(found)]))
}

rarest_answer <- function(programme, city, variable) {
  answer <- city$answers[[variable]]
  count <- programme$counts[[variable]]
  patterns <- programme$wording$in_short[[variable]]
  best <- NULL
  for (code in answer$codes) {
    pattern <- patterns[[code]]
    if (is.null(pattern) && !count$exclusive[[code]]) pattern <- patterns[["chosen"]]
    share <- count$numerator[[code]] / count$base[[code]]
    if (!is.null(pattern) && count$base[[code]] >= programme$plan$thin_base && (is.null(best) || share < best$share)) {
      values <- list(label = count$in_text[[code]], same.words = same_in_words(count, code))
      best <- list(share = share, pattern = pattern, values = values)
    }
  }
  best
}
