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
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bagnetlab.queue.rule.JobPolicy;
import org.bagnetlab.server.disk.ByteSize;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.notification.MessageSettings;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code bagnetlab.yaml}. Every section and every setting is optional.
 *
 * @param workers timeouts of workers
 * @param devices how GPUs are used
 * @param housekeeping settings of the disk, retention and notifications
 * @param slurm workers started by Slurm
 * @param results how tables are computed
 * @param policy when jobs run, and which are reported or stopped
 */
public record LabConfiguration(
    WorkersSection workers,
    DevicesSection devices,
    HousekeepingSettings housekeeping,
    SlurmSection slurm,
    ResultsSection results,
    JobPolicy policy) {

  /** Name of the file in the data directory. */
  public static final String FILE = "bagnetlab.yaml";

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(YamlText.factory())
          .addModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

  private static final Map<Class<?>, String> EXPECTED =
      Map.of(
          Span.class, "must be a duration with its unit, such as 90s",
          ByteSize.class, "must be a size with its unit, such as 50GB",
          Integer.class, "must be a whole number",
          Long.class, "must be a whole number",
          Double.class, "must be a number",
          Boolean.class, "must be true or false");

  /** The sections of the file, as parsed. */
  private record Sections(
      Optional<WorkersSection> workers,
      Optional<DevicesSection> devices,
      Optional<DiskSection> disk,
      Optional<RetentionSection> retention,
      Optional<List<WebhookSection>> webhooks,
      Optional<MessagesSection> messages,
      Optional<String> address,
      Optional<SlurmSection> slurm,
      Optional<ResultsSection> results,
      Optional<MirrorSection> mirror,
      Optional<WindowsSection> windows,
      Optional<RulesSection> rules) {

    LabConfiguration configuration() {
      return new LabConfiguration(
          section(workers, WorkersSection.class),
          section(devices, DevicesSection.class),
          housekeeping(),
          section(slurm, SlurmSection.class),
          section(results, ResultsSection.class),
          policy());
    }

    private JobPolicy policy() {
      RulesSection found = section(rules, RulesSection.class);
      return new JobPolicy(
          section(windows, WindowsSection.class).windows(ZoneId.systemDefault()),
          found.idleRule(),
          found.flatRule());
    }

    private HousekeepingSettings housekeeping() {
      HousekeepingSettings standard = HousekeepingSettings.standard();
      MessageSettings notified =
          section(messages, MessagesSection.class).with(webhooks.orElse(List.of()));
      return new HousekeepingSettings(
          notified.recipients().isEmpty() ? standard.lab() : hostName().orElse(standard.lab()),
          address,
          standard.fileSystem(),
          disk.map(DiskSection::limits).orElse(standard.disk()),
          retention.map(RetentionSection::rules).orElse(standard.retention()),
          notified,
          mirror.flatMap(MirrorSection::address));
    }

    /** The name of this machine. May send a network request. */
    private static Optional<String> hostName() {
      try {
        return Optional.of(InetAddress.getLocalHost().getHostName());
      } catch (UnknownHostException e) {
        return Optional.empty();
      }
    }

    private static <T> T section(Optional<T> section, Class<T> type) {
      return section.orElseGet(() -> empty(type));
    }
  }

  /** The value of an empty file, or of an empty section. */
  private static <T> T empty(Class<T> type) {
    return MAPPER.convertValue(Map.of(), type);
  }

  /** The default configuration. */
  public static LabConfiguration standard() {
    return empty(Sections.class).configuration();
  }

  /**
   * Reads the file of a data directory, if there is one.
   *
   * @throws InvalidConfiguration if it is invalid
   */
  public static LabConfiguration in(Path dataDirectory) throws IOException {
    Path file = dataDirectory.resolve(FILE);
    return Files.exists(file) ? read(file) : standard();
  }

  /**
   * Reads a file.
   *
   * @throws InvalidConfiguration if it is invalid
   */
  public static LabConfiguration read(Path file) throws IOException {
    String text = text(file);
    try {
      // The YAML syntax is checked separately first: otherwise a syntax error would be reported as
      // a wrong value.
      YamlText.check(text);
      JsonNode whole = MAPPER.readTree(text);
      return whole.isMissingNode() || whole.isNull()
          ? standard()
          : MAPPER.readValue(text, Sections.class).configuration();
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
      throw invalidYaml(file, e);
    }
  }

  /**
   * The settings of a file without webhooks, messages and mirrors, because their addresses and
   * secrets are private, and without comments, because these may also contain secrets.
   *
   * @throws InvalidConfiguration if it is not YAML
   */
  public static String withoutSecrets(Path file) throws IOException {
    try {
      JsonNode whole = MAPPER.readTree(text(file));
      return whole instanceof ObjectNode settings
          ? MAPPER.writeValueAsString(settings.without(List.of("webhooks", "messages", "mirror")))
          : "";
    } catch (JsonProcessingException e) {
      throw invalidYaml(file, e);
    }
  }

  private static InvalidConfiguration invalidYaml(Path file, JsonProcessingException failure) {
    YamlMistake mistake = YamlMistake.of(failure);
    return new InvalidConfiguration(
        "%s, line %d: %s.".formatted(file, mistake.line(), mistake.message()));
  }

  private static String text(Path file) throws IOException {
    try {
      return YamlText.of(file);
    } catch (UnreadableYaml e) {
      throw new InvalidConfiguration("%s %s.".formatted(file, e.getMessage()));
    }
  }

  /** The setting at fault, such as {@code rules.idle} or {@code webhooks, entry 1, events}. */
  private static String place(JsonMappingException failure) {
    StringBuilder place = new StringBuilder();
    boolean inEntry = false;
    for (JsonMappingException.Reference step : failure.getPath()) {
      if (step.getFieldName() == null) {
        place.append(entry(step.getIndex()));
      } else {
        place.append(inEntry ? ", " : place.isEmpty() ? "" : ".").append(step.getFieldName());
      }
      inEntry = step.getFieldName() == null;
    }
    return place.toString();
  }

  /** Names an entry of a list, after the list's name. */
  static String entry(int index) {
    return ", entry %d".formatted(index + 1);
  }

  private static String reason(JsonMappingException failure) {
    if (failure instanceof InvalidNullException) {
      return "has no value; give it one, or remove it";
    }
    if (failure.getCause() instanceof IllegalArgumentException wrong) {
      return String.valueOf(wrong.getMessage());
    }
    // Not Jackson's own message, which names Java classes.
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
    if (type == null) {
      return "has the wrong type";
    }
    if (EXPECTED.containsKey(type)) {
      return EXPECTED.get(type);
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "must be a list, such as [a, b]";
    }
    return type.isRecord() ? "must be a mapping of settings" : "has the wrong type";
  }
}
