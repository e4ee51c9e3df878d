package org.bagnetlab.server.configuration;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads YAML files written by users. Limits ensure that no file takes much memory or time. */
public final class YamlText {

  /** Maximum size in bytes; the longest preset has 2 kB. */
  public static final int MOST_BYTES = 1 << 20;

  /**
   * Maximum number of values. It also applies to the JSON of a request, to which the file of a
   * sweep is converted. No valid file has a tenth as many values. The worst case, a tree of this
   * many empty objects, takes 10 MB of memory.
   */
  public static final int MOST_VALUES = 100_000;

  /** Maximum nesting depth; a sweep has four levels. */
  public static final int DEEPEST = 16;

  private YamlText() {}

  /** A factory for the mapper or parser of such a file. */
  public static YAMLFactory factory() {
    return YAMLFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        // Enabled by default if a factory is created by its constructor, but not by the builder.
        .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxTokenCount(MOST_VALUES)
                .maxNestingDepth(DEEPEST)
                .build())
        .build();
  }

  /**
   * Reads the text of a file.
   *
   * @throws UnreadableYaml if it is too long, or not UTF-8
   */
  public static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new UnreadableYaml(
            "is larger than %d MiB, the limit of YAML files".formatted(MOST_BYTES >> 20));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableYaml("is not UTF-8 text");
    }
  }

  /**
   * Rejects aliases, which Jackson reads as strings. With other parsers, a short file with aliases
   * can expand to a huge one.
   *
   * @throws JsonProcessingException if there are aliases, or the text is not YAML within the limits
   */
  public static void check(String text) throws IOException {
    try (YAMLParser parser = factory().createParser(text)) {
      check(parser);
    }
  }

  private static void check(YAMLParser parser) throws IOException {
    try {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          throw refused(
              parser,
              "aliases such as *%s are not read; repeat the value".formatted(parser.getText()));
        }
      }
    } catch (StreamConstraintsException e) {
      throw refused(
          parser,
          "more than %d values, or more than %d levels of nesting".formatted(MOST_VALUES, DEEPEST));
    }
  }

  private static JsonParseException refused(YAMLParser parser, String why) {
    return new JsonParseException(parser, why, parser.currentLocation());
  }
}
