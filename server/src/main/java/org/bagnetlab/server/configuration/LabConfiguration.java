package org.bagnetlab.server.configuration;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.server.disk.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code bagnetlab.yaml}. Every section and every setting is optional.
 *
 * @param workers timeouts of workers
 * @param devices how GPUs are used
 * @param housekeeping the disk, retention and notifications
 * @param slurm workers started by Slurm
 * @param clients limits of clients
 */
public record LabConfiguration(
    WorkersSection workers,
    DevicesSection devices,
    HousekeepingSections housekeeping,
    SlurmSection slurm,
    ClientsSection clients) {

  /** Name of the file in the data directory. */
  public static final String FILE = "bagnetlab.yaml";

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(YamlText.factory())
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

  /** As the file's sections are read. */
  private record Sections(
      Optional<WorkersSection> workers,
      Optional<DevicesSection> devices,
      Optional<DiskSection> disk,
      Optional<RetentionSection> retention,
      Optional<List<WebhookSection>> webhooks,
      Optional<String> address,
      Optional<SlurmSection> slurm,
      Optional<ClientsSection> clients) {

    LabConfiguration configuration() {
      return new LabConfiguration(
          workers.orElse(WorkersSection.STANDARD),
          devices.orElse(DevicesSection.STANDARD),
          HousekeepingSections.of(disk, retention, webhooks, address),
          slurm.orElse(SlurmSection.STANDARD),
          clients.orElse(ClientsSection.STANDARD));
    }
  }

  /** The defaults. */
  public static LabConfiguration standard() {
    return new LabConfiguration(
        WorkersSection.STANDARD,
        DevicesSection.STANDARD,
        HousekeepingSections.standard(),
        SlurmSection.STANDARD,
        ClientsSection.STANDARD);
  }

  /**
   * Reads the file of a data directory, if there is one.
   *
   * @throws InvalidConfiguration if it makes no sense
   */
  public static LabConfiguration in(Path dataDirectory) throws IOException {
    Path file = dataDirectory.resolve(FILE);
    return Files.exists(file) ? read(file) : standard();
  }

  /**
   * Reads a file.
   *
   * @throws InvalidConfiguration if it makes no sense
   */
  public static LabConfiguration read(Path file) throws IOException {
    String text = text(file);
    try {
      // Parse separately first: otherwise invalid YAML would be reported as a wrong value.
      YamlText.check(text);
      JsonNode whole = MAPPER.readTree(text);
      Optional<Sections> sections =
          whole.isMissingNode() || whole.isNull()
              ? Optional.empty()
              : Optional.of(MAPPER.readValue(text, Sections.class));
      return sections.map(Sections::configuration).orElseGet(LabConfiguration::standard);
    } catch (UnrecognizedPropertyException e) {
      throw new InvalidConfiguration(
          "%s: there is no setting '%s'. Known: %s."
              .formatted(
                  file,
                  place(e),
                  e.getKnownPropertyIds().stream()
                      .map(String::valueOf)
                      .sorted()
                      .collect(Collectors.joining(", "))));
    } catch (JsonMappingException e) {
      String place = place(e);
      throw new InvalidConfiguration(
          "%s%s: %s.".formatted(file, place.isEmpty() ? "" : ", " + place, reason(e)));
    } catch (IllegalArgumentException e) {
      throw new InvalidConfiguration("%s: %s.".formatted(file, e.getMessage()));
    } catch (JsonProcessingException e) {
      YamlMistake mistake = YamlMistake.of(e);
      throw new InvalidConfiguration(
          "%s, line %d: %s.".formatted(file, mistake.line(), mistake.words()));
    }
  }

  /**
   * A file's settings without webhooks, whose addresses and secrets are nobody else's, and without
   * comments, which may have others.
   *
   * @throws InvalidConfiguration if it is no YAML
   */
  public static String withoutWebhooks(Path file) throws IOException {
    try {
      JsonNode whole = MAPPER.readTree(text(file));
      return whole instanceof ObjectNode settings
          ? MAPPER.writeValueAsString(settings.without("webhooks"))
          : "";
    } catch (JsonProcessingException e) {
      YamlMistake mistake = YamlMistake.of(e);
      throw new InvalidConfiguration(
          "%s, line %d: %s.".formatted(file, mistake.line(), mistake.words()));
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return YamlText.of(file);
    } catch (UnreadableYaml e) {
      throw new InvalidConfiguration("%s %s.".formatted(file, e.getMessage()));
    }
  }

  private static String place(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(step -> step.getFieldName() == null ? step.getIndex() : step.getFieldName())
        .map(String::valueOf)
        .collect(Collectors.joining("."));
  }

  private static String reason(JsonMappingException failure) {
    if (failure instanceof InvalidNullException) {
      return "an entry has no value";
    }
    if (failure.getCause() instanceof IllegalArgumentException wrong) {
      return String.valueOf(wrong.getMessage());
    }
    // Jackson's own words are about Java's classes.
    if (failure instanceof MismatchedInputException mismatch) {
      String value =
          mismatch instanceof InvalidFormatException wrong ? ", but is " + wrong.getValue() : "";
      return expected(mismatch.getTargetType()) + value;
    }
    return failure.getOriginalMessage().lines().findFirst().orElse("unreadable");
  }

  private static String expected(@Nullable Class<?> type) {
    if (type != null && type.isEnum()) {
      return "must be one of "
          + MAPPER.convertValue(type.getEnumConstants(), JsonNode.class).toString();
    }
    if (type == Span.class) {
      return "must be a duration with its unit, such as 90s";
    }
    if (type == ByteSize.class) {
      return "must be a size with its unit, such as 50GB";
    }
    if (type == Integer.class || type == Long.class) {
      return "must be a whole number";
    }
    if (type == Double.class) {
      return "must be a number";
    }
    if (type == Boolean.class) {
      return "must be true or false";
    }
    return type != null && type.isRecord() ? "must be a mapping of settings" : "has the wrong type";
  }
}
