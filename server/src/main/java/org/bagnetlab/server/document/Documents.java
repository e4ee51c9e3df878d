package org.bagnetlab.server.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds documents of the source tree by URL path. All are served below {@link #ROOT}, even if they
 * are not in {@code docs}. A README is served as the page of its directory; the README of {@code
 * docs} lists the other documents.
 */
public final class Documents {

  /** Path of the page that lists all other documents. */
  public static final String ROOT = "/docs";

  /**
   * Class path directory of the documents. Below it, documents have the same paths as in the source
   * tree.
   */
  private static final String RESOURCES = "documents/";

  private static final String MARKDOWN = ".md";
  private static final String INDEX = "README.md";

  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  private Documents() {}

  /**
   * The document at a URL path.
   *
   * @param address URL path without a query, such as {@code /docs/claims}
   */
  public static Optional<Found> find(String address) {
    String wanted = address.replaceFirst("/$", "");
    if (wanted.equals(ROOT)) {
      return Optional.of(new Found("docs/" + INDEX));
    }
    String name = wanted.substring(ROOT.length() + 1);
    if (!PLAIN.matcher(name).matches()) {
      return Optional.empty();
    }
    return Stream.of("", "docs/")
        .flatMap(folder -> Stream.of(MARKDOWN, "/" + INDEX, "").map(end -> folder + name + end))
        .filter(file -> file.lastIndexOf('.') > file.lastIndexOf('/'))
        .filter(file -> addressOf(file).equals(wanted) && exists(file))
        .findFirst()
        .map(Found::new);
  }

  /**
   * The URL path of a file.
   *
   * @param file its path in the source tree, such as {@code docs/claims.md}
   */
  static String addressOf(String file) {
    String name = file.startsWith("docs/") ? file.substring("docs/".length()) : file;
    if (name.endsWith("/" + INDEX)) {
      name = name.substring(0, name.length() - INDEX.length() - 1);
    } else if (name.equals(INDEX) && file.startsWith("docs/")) {
      return ROOT;
    } else if (name.endsWith(MARKDOWN)) {
      name = name.substring(0, name.length() - MARKDOWN.length());
    }
    return ROOT + "/" + name;
  }

  /** The page for addresses without a document. */
  public static String missing() {
    return new Page(
            "docs/" + INDEX,
            """
            # No such document

            There is no document at this address. See [all documents](README.md).
            """)
        .html();
  }

  /** Whether this path is a document, or a directory that has a page. */
  static boolean exists(String file) {
    return Documents.class.getClassLoader().getResource(RESOURCES + file) != null;
  }

  /**
   * A file among the documents, which is shown as a page or served as it is.
   *
   * @param file its path in the source tree
   */
  public record Found(String file) {

    /** Whether the file is shown as a page. */
    public boolean isPage() {
      return file.endsWith(MARKDOWN);
    }

    /** Its name on the class path. */
    public String resource() {
      return RESOURCES + file;
    }

    /**
     * The page of a document.
     *
     * @param more generated Markdown to append
     */
    public String html(String more) throws IOException {
      return new Page(file, read(file) + more).html();
    }
  }

  private static String read(String file) throws IOException {
    try (InputStream stream =
        Documents.class.getClassLoader().getResourceAsStream(RESOURCES + file)) {
      if (stream == null) {
        throw new IOException("There is no document " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
