package org.bagnetlab.server.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dashboard's style for static pages and their figures, which are drawn in the colours of the
 * light theme.
 *
 * @param sheet style sheet of the pages
 * @param names names of custom properties by their colours in the light theme
 */
record SiteStyle(String sheet, Map<String, String> names) {

  private static final Pattern COLOR = Pattern.compile("--([a-z0-9-]+): *(#[0-9a-f]{6});");
  private static final Pattern PAINT = Pattern.compile("(fill|stroke)=\"(#[0-9a-fA-F]{6})\"");

  static SiteStyle read() throws IOException {
    String sheet = resource("css/site.css");
    Map<String, String> names = new HashMap<>();
    // If several names have the same colour, the first is the one used in figures.
    for (MatchResult color :
        COLOR.matcher(sheet.substring(0, sheet.indexOf("@media"))).results().toList()) {
      names.putIfAbsent(color.group(2), color.group(1));
    }
    return new SiteStyle(sheet, names);
  }

  /** Reads a file of the dashboard. */
  static String resource(String name) throws IOException {
    try (InputStream stream =
        SiteStyle.class.getClassLoader().getResourceAsStream("dashboard/" + name)) {
      if (stream == null) {
        throw new IOException("The dashboard has no " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Replaces the colours of an SVG document by custom properties, so that it follows the page's
   * theme.
   */
  String themed(String svg) {
    return PAINT
        .matcher(svg)
        .replaceAll(
            paint -> {
              String name = names.get(paint.group(2).toLowerCase(Locale.ROOT));
              return Matcher.quoteReplacement(
                  name == null
                      ? paint.group()
                      : "%s=\"var(--%s)\"".formatted(paint.group(1), name));
            });
  }
}
