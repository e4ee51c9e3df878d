package org.bagnetlab.server.http.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A file of the class path, read into memory.
 *
 * @param bytes content of the file
 * @param mediaType media type, derived from the file's name
 * @param hash hash of the content
 */
record ClassPathFile(byte[] bytes, String mediaType, String hash) {

  private static final String HTML = "text/html; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";

  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("html", HTML),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("yaml", "application/yaml"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("map", "application/json"),
          Map.entry("csv", "text/csv; charset=utf-8"),
          Map.entry("tex", TEXT),
          Map.entry("py", TEXT));

  /** The file with this name, if there is one and its type is served. */
  static Optional<ClassPathFile> read(String name) throws IOException {
    String type = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      return Optional.empty();
    }
    try (InputStream stream = ClassPathFile.class.getClassLoader().getResourceAsStream(name)) {
      if (stream == null) {
        return Optional.empty();
      }
      return Optional.of(of(stream.readAllBytes(), type));
    }
  }

  /** A page that was generated from files of the class path. */
  static ClassPathFile page(String html) {
    return of(html.getBytes(StandardCharsets.UTF_8), HTML);
  }

  private static ClassPathFile of(byte[] bytes, String mediaType) {
    return new ClassPathFile(bytes, mediaType, hash(bytes));
  }

  private static String hash(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
