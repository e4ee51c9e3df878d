package org.bagnetlab.server.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the documents of the source tree by their addresses. All are served below {@link #ROOT},
 * whether they are in {@code docs} or not. A README is the page of its directory; the one of {@code
 * docs} lists the others.
 */
public final class Documents {

  /** Address of the page that lists the others. */
  public static final String ROOT = "/docs";

  /** Class path directory of the documents, which keep their paths in the source tree. */
  private static final String RESOURCES = "documents/";

  private static final String MARKDOWN = ".md";
  private static final String INDEX = "README.md";

  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  private Documents() {}

  /**
   * The document at an address.
   *
   * @param address without a query, such as {@code /docs/claims}
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
   * The address of a file.
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

  /** Whether a file, or a directory with a page, is among the documents. */
  static boolean exists(String file) {
    return Documents.class.getClassLoader().getResource(RESOURCES + file) != null;
  }

  /**
   * A file of the documents, which may be a page.
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
