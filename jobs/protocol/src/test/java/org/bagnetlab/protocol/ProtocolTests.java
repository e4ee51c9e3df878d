package org.bagnetlab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every line that version 1 ever wrote is still read, and written the same. */
class ProtocolTests {

  @Test
  void readsAndWritesTheFrozenEventsOfVersion1() throws IOException {
    for (String line : lines("/protocol-1-events.jsonl")) {
      WorkerEvent event = Json.MAPPER.readValue(line, WorkerEvent.class);
      assertThat(Json.MAPPER.readTree(Json.line(event))).isEqualTo(Json.MAPPER.readTree(line));
    }
  }

  @Test
  void readsAndWritesTheFrozenCommandsOfVersion1() throws IOException {
    for (String line : lines("/protocol-1-commands.jsonl")) {
      WorkerCommand command = Json.MAPPER.readValue(line, WorkerCommand.class);
      assertThat(Json.MAPPER.readTree(Json.line(command))).isEqualTo(Json.MAPPER.readTree(line));
    }
  }

  @Test
  void everyTypeIsFrozen() throws IOException {
    assertThat(types("/protocol-1-events.jsonl", WorkerEvent.class))
        .containsExactlyInAnyOrderElementsOf(permitted(WorkerEvent.class));
    assertThat(types("/protocol-1-commands.jsonl", WorkerCommand.class))
        .containsAll(permitted(WorkerCommand.class));
  }

  private static List<String> types(String resource, Class<?> sealed) throws IOException {
    List<String> types = new ArrayList<>();
    for (String line : lines(resource)) {
      types.add(Json.MAPPER.readValue(line, sealed).getClass().getSimpleName());
    }
    return types;
  }

  private static List<String> permitted(Class<?> sealed) {
    return List.of(sealed.getPermittedSubclasses()).stream().map(Class::getSimpleName).toList();
  }

  private static List<String> lines(String resource) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ProtocolTests.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
      return reader.lines().collect(Collectors.toList());
    }
  }
}
