package org.bagnetlab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of this version of the protocol can be read, and is written back unchanged. */
class ProtocolTests {

  @Test
  void readsAndWritesTheFrozenEventsOfVersion6() throws IOException {
    for (String line : lines("/protocol-6-events.jsonl")) {
      WorkerEvent event = Json.MAPPER.readValue(line, WorkerEvent.class);
      assertThat(Json.MAPPER.readTree(Json.line(event))).isEqualTo(Json.MAPPER.readTree(line));
    }
  }

  @Test
  void readsAndWritesTheFrozenCommandsOfVersion6() throws IOException {
    for (String line : lines("/protocol-6-commands.jsonl")) {
      WorkerCommand command = Json.MAPPER.readValue(line, WorkerCommand.class);
      assertThat(Json.MAPPER.readTree(Json.line(command))).isEqualTo(Json.MAPPER.readTree(line));
    }
  }

  @Test
  void everyTypeIsFrozen() throws IOException {
    assertThat(types("/protocol-6-events.jsonl", WorkerEvent.class))
        .containsAll(permitted(WorkerEvent.class));
    assertThat(types("/protocol-6-commands.jsonl", WorkerCommand.class))
        .containsAll(permitted(WorkerCommand.class));
  }

  @Test
  void anEngineIsAskedAndAnswersInJson() throws IOException {
    EngineRequest asked =
        new EngineRequest.Heatmap(
            new EngineRequest.Subject("bagnet33", "/w.pth", Optional.empty(), "/a.png", 64),
            3,
            8,
            HeatmapMode.REPORT,
            Optional.of("/out.png"),
            Optional.empty());
    EngineRequest imported =
        new EngineRequest.ImportWeights(
            "zoo",
            "/w.pth",
            Optional.of("bagnet33"),
            Optional.empty(),
            "the zoo",
            Optional.empty(),
            "/weights");
    for (EngineRequest request :
        List.of(
            asked,
            imported,
            new EngineRequest.InspectWeights("/w.pth"),
            new EngineRequest.ImportDataset("scenes", "/s.zip", "/datasets", ".staged"))) {
      assertThat(Json.MAPPER.readValue(Json.line(request), EngineRequest.class)).isEqualTo(request);
    }
    for (String line :
        List.of(
            "{\"progress\":{\"done\":16,\"total\":64}}",
            "{\"result\":{\"predicted\":3}}",
            "{\"error\":{\"family\":\"USER_ERROR\",\"code\":\"weights-taken\",\"message\":\"There are weights 'zoo' already.\",\"field\":\"name\"}}",
            "{\"error\":{\"family\":\"INTERNAL_ERROR\",\"code\":\"internal\",\"message\":\"a.png: the file is empty\"}}")) {
      assertThat(Json.line(Json.MAPPER.readValue(line, EngineAnswer.class))).isEqualTo(line);
    }
  }

  private static List<String> types(String resource, Class<?> sealed) throws IOException {
    List<String> types = new ArrayList<>();
    for (String line : lines(resource)) {
      types.add(Json.MAPPER.readValue(line, sealed).getClass().getSimpleName());
    }
    return types;
  }

  private static List<String> permitted(Class<?> sealed) {
    return Stream.of(sealed.getPermittedSubclasses())
        .flatMap(
            type -> type.isInterface() ? permitted(type).stream() : Stream.of(type.getSimpleName()))
        .toList();
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
