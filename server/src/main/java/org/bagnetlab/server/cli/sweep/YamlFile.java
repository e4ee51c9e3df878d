package org.bagnetlab.server.cli.sweep;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.bagnetlab.server.cli.lab.Refused;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.configuration.UnreadableYaml;
import org.bagnetlab.server.configuration.YamlMistake;
import org.bagnetlab.server.configuration.YamlText;

/** A user's YAML file, with line numbers for errors. */
public final class YamlFile {

  private static final YAMLMapper YAML =
      YAMLMapper.builder(YamlText.factory())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final String text;

  private YamlFile(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /** Reads a file. Fails with {@link Failure} if it cannot be read as text. */
  public static YamlFile read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new Failure("%s is a folder; give a YAML file.".formatted(file));
    }
    if (!Files.exists(file)) {
      throw new Failure("There is no file %s.".formatted(file));
    }
    if (!Files.isReadable(file)) {
      throw new Failure("No permission to read %s.".formatted(file));
    }
    try {
      return new YamlFile(file, YamlText.of(file));
    } catch (UnreadableYaml e) {
      throw new Failure("%s %s.".formatted(file, e.getMessage()));
    }
  }

  /**
   * The file's content. Fails with {@link Failure} if it is not valid YAML within the limits, or
   * has duplicate keys.
   */
  public JsonNode content() throws IOException {
    try {
      YamlText.check(text);
      return YAML.readTree(text);
    } catch (MismatchedInputException e) {
      throw new Failure(
          "%s has several YAML documents; a sweep is a single document.".formatted(file));
    } catch (JsonProcessingException e) {
      YamlMistake mistake = YamlMistake.of(e);
      throw new Failure("%s, line %d: %s.".formatted(file, mistake.line(), mistake.message()));
    }
  }

  /** Adds the file to a refusal, and the line of the invalid field if the file contains it. */
  public Refused at(Refused refused) throws IOException {
    OptionalInt line = line(refused.field());
    return new Refused(
        refused.field(),
        line.isPresent()
            ? "%s, line %d: %s".formatted(file, line.getAsInt(), refused.getMessage())
            : "%s: %s".formatted(file, refused.getMessage()));
  }

  /** The line of a field such as {@code grid.seed}. */
  private OptionalInt line(String field) throws IOException {
    try (JsonParser parser = YAML.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        // List indices are ignored: the field then.stride may be in any job of the list then.
        String place =
            parser.getParsingContext().pathAsPointer().toString().replaceAll("/[0-9]+(?=/|$)", "");
        if (token == JsonToken.FIELD_NAME && place.equals("/" + field.replace('.', '/'))) {
          return OptionalInt.of(parser.currentTokenLocation().getLineNr());
        }
      }
    }
    return OptionalInt.empty();
  }
}
