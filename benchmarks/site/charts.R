# A bar chart of all cities: own answers in a dark bar and with a star. Published numbers where the base is thin.

chart_table <- function(programme, city, variable) {
  count <- programme$counts[[variable]]
  own <- names(count$labels) %in% city$answers[[variable]]$codes
  table <- data.frame(
    label = paste0(ifelse(own, "* ", ""), count$labels), share = count$numerator / pmax(count$base, 1),
    note = sprintf("%d of %d", count$numerator, count$base), own = own, last = count$exclusive
  )
  if (max(count$base, 0) < programme$plan$thin_base) table <- led_by_published(programme, variable, table, names(count$labels))
  if (count$own_words > 0) {
    words <- data.frame(
      label = "Answers in own words", share = count$own_words / count$answered,
      note = sprintf("%d of %d", count$own_words, count$answered),
      own = length(city$answers[[variable]]$own) > 0, last = TRUE
    )
    table <- rbind(table, words)
  }
  table[order(table$last, -table$share), ]
}

led_by_published <- function(programme, variable, table, codes) {
  pooled <- programme$published[programme$published$edition %in% "2018-2020", ]
  printed <- pooled[pooled$variable %in% variable & pooled$measure %in% c("count", "share"), ]
  if (!nrow(printed)) return(table)
  value <- as.numeric(printed$value[match(codes, printed$category)])
  table$share <- ifelse(is.na(value), 0, value) / max(value, na.rm = TRUE)
  table$note <- ifelse(is.na(value), "no figure", paste("published:", value))
  table
}

draw_chart <- function(programme, city, variable, kind) {
  table <- chart_table(programme, city, variable)
  if (kind == "ggplot2") draw_ggplot2(table) else draw_base(table)
}

draw_base <- function(table) {
  margins <- par(mar = c(1, 28, 1, 7), las = 1, cex = 0.7)
  on.exit(par(margins))
  table <- table[rev(seq_len(nrow(table))), ]
  middles <- barplot(table$share, horiz = TRUE, names.arg = table$label, xlim = c(0, 1), axes = FALSE, border = NA,
                     col = ifelse(table$own, "#14507a", "#b9c4cc"))
  text(1.02, middles, table$note, adj = 0, xpd = TRUE)
}

draw_ggplot2 <- function(table) {
  table$label <- factor(table$label, levels = rev(unique(table$label)))
  print(
    ggplot2::ggplot(table, ggplot2::aes(x = share, y = label, fill = own)) +
      ggplot2::geom_col() +
      ggplot2::geom_text(ggplot2::aes(x = 1.02, label = note), hjust = 0, size = 3) +
      ggplot2::scale_fill_manual(values = c("FALSE" = "#b9c4cc", "TRUE" = "#14507a"), guide = "none") +
      ggplot2::coord_cartesian(xlim = c(0, 1.2)) +
      ggplot2::labs(x = NULL, y = NULL) +
      ggplot2::theme_minimal()
  )
}
