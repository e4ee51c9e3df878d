package org.bagnetlab.server.cli.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** Says when a sweep will be done, as the server foresees it. */
final class ForecastText {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private ForecastText() {}

  /**
   * For the end of a line; empty if nothing is known, as of a sweep that is held or has ended.
   *
   * @param forecast the server's response
   * @param sweep its name
   */
  static String of(JsonNode forecast, String sweep) {
    return StreamSupport.stream(forecast.path("sweeps").spliterator(), false)
        .filter(each -> each.path("id").asText().equals(sweep))
        .findFirst()
        .map(ForecastText::of)
        .orElse("");
  }

  private static String of(JsonNode end) {
    if (end.has("expectedEnd")) {
      Instant at = Instant.parse(end.path("expectedEnd").asText());
      return "; done about " + DATE.format(at.atZone(ZoneId.systemDefault()));
    }
    return end.has("behind")
        ? "; time left not known yet: it depends on job " + end.path("behind").asLong()
        : "; time left not known";
  }
}
