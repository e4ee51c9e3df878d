package org.bagnetlab.server.results.view;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A form in which views are written. */
public enum ViewForm {
  /** Columns for a terminal. */
  TABLE("text/plain", "txt"),
  /** All data of a view. */
  JSON("application/json", "json"),
  /** A table's values with all digits. */
  CSV("text/csv", "csv"),
  /** A table to include in a paper. */
  LATEX("application/x-latex", "tex"),
  /** A table as a part of a page. */
  HTML("text/html", "html");

  private final String mediaType;
  private final String extension;

  ViewForm(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** The form of files with this extension, if there is one. */
  public static Optional<ViewForm> ofExtension(String extension) {
    return Arrays.stream(values()).filter(form -> form.extension.equals(extension)).findFirst();
  }

  /** The media type in HTTP. */
  public String mediaType() {
    return mediaType;
  }

  /** The extension of files in this form. */
  public String extension() {
    return extension;
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
