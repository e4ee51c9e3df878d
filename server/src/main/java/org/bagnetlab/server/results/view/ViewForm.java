package org.bagnetlab.server.results.view;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An output format of views. */
public enum ViewForm {
  /** A table in columns for a terminal. */
  TABLE("text/plain", "txt"),
  /** All data of the view. */
  JSON("application/json", "json"),
  /** The values of the table with all digits. */
  CSV("text/csv", "csv"),
  /** A table to include in a paper. */
  LATEX("application/x-latex", "tex"),
  /** A table as part of a page. */
  HTML("text/html", "html");

  private final String mediaType;
  private final String extension;

  ViewForm(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** The format of files with this extension, if there is one. */
  public static Optional<ViewForm> ofExtension(String extension) {
    return Arrays.stream(values()).filter(form -> form.extension.equals(extension)).findFirst();
  }

  /** The HTTP media type. */
  public String mediaType() {
    return mediaType;
  }

  /** The file extension of this format. */
  public String extension() {
    return extension;
  }

  /** The name used on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
