package org.bagnetlab.server.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the results are written as. */
public enum ExportForm {
  /** Tables as CSV, JSON and LaTeX, figures as SVG and PNG, with a README. */
  FILES,
  /** Pages that open without a server. */
  SITE;

  /** The name in the HTTP interface. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The form of this name. */
  public static Optional<ExportForm> of(String text) {
    return Arrays.stream(values()).filter(form -> form.text().equals(text)).findFirst();
  }
}
