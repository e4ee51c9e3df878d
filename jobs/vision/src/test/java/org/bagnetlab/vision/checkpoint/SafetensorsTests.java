package org.bagnetlab.vision.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTests {

  @TempDir private Path directory = Path.of("");

  @Test
  void otherTypesThanFloat32AreRead() throws IOException {
    CheckpointFile file =
        CheckpointFile.read(
            write(
                """
                {"a": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]},
                 "b": {"dtype": "BF16", "shape": [1, 1], "data_offsets": [4, 6]}}""",
                new byte[] {0, 0x3C, 0, (byte) 0xC0, (byte) 0x80, 0x3F}));
    assertThat(file.format().label()).isEqualTo("safetensors");
    assertThat(Objects.requireNonNull(file.tensors().get("a")).values()).containsExactly(1, -2);
    assertThat(Objects.requireNonNull(file.tensors().get("b")).dtype()).isEqualTo("bfloat16");
    assertThat(Objects.requireNonNull(file.tensors().get("b")).values()).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a': {'dtype': 'F8_E4M3', 'shape': [4], 'data_offsets': [0, 4]}} | tensor a is of type F8",
        "{'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 4]}} | tensor a of shape [2]",
        "{'a': {'dtype': 'F32', 'shape': [-1], 'data_offsets': [0, 4]}} | tensor a has no valid shape",
        "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [-4, 0]}} | tensor a of shape [1]",
        "{'a': {'dtype': 'F32', 'shape': [1]}} | tensor a has invalid data offsets",
        "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': ['0', '4']}} | tensor a has invalid",
        "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 4, 8]}} | tensor a has invalid",
        "{'a': {'dtype': 'F32', 'shape': [1.5], 'data_offsets': [0, 4]}} | a has no valid shape: [1.5]",
        "{'a': {'dtype': 'F32', 'shape': 1, 'data_offsets': [0, 4]}} | tensor a has no valid shape: 1",
        "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 18446744073709551620]}}"
            + " | tensor a of shape [1]",
        "{'a': {'dtype': 'I16', 'shape': [2], 'data_offsets': [0, 4]},"
            + " 'b': {'dtype': 'I16', 'shape': [1], 'data_offsets': [2, 4]}}"
            + " | tensor b begins at byte 2 of the data, but the one before it ends at byte 4",
        "{'b': {'dtype': 'I16', 'shape': [1], 'data_offsets': [2, 4]}}"
            + " | tensor b begins at byte 2 of the data, but the one before it ends at byte 0",
        "{'a': {'dtype': 'I16', 'shape': [1], 'data_offsets': [0, 2]}} | the last tensor ends at byte",
        "{} | it contains no model tensors",
        "{'__metadata__': {}} | it contains no model tensors",
        "{'__metadata__': {'epoch': 3}} | the metadata epoch is not a string",
        "{'__metadata__': {}} 1 | the header is not valid JSON",
        "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [4, 8]}} | tensor a ends at byte",
        "{'a': {'dtype': 'F32', 'shape': [2147483647, 2147483647, 2147483647],"
            + " 'data_offsets': [0, 4]}} | tensor a of shape",
        "{'a': 1, 'a': 2} | the header is not valid JSON",
        "{'a': | the header is not valid JSON",
      })
  void whatIsWrongIsNamed(String header, String message) throws IOException {
    Path file = write(header.replace('\'', '"'), new byte[4]);
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 60, Long.MAX_VALUE, Long.MIN_VALUE, -1, (2 << 20) + 1, 1, 0})
  void aHeaderOfAnImpossibleLengthIsRefused(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put("{}".getBytes(StandardCharsets.UTF_8));
    Path file = Files.write(directory.resolve("a.safetensors"), bytes.array());
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .hasMessageContaining(Long.toUnsignedString(length) + " bytes long, of at most 2097152");
  }

  /** Nobody asks for a name of the file's where it has none. */
  @Test
  void aFileWithoutTensorsIsNoNetworks() throws IOException {
    for (String header :
        List.of("{}", "{\"__metadata__\":{\"format\":\"1\",\"architecture\":\"a\"}}")) {
      Path file = write(header, new byte[0]);
      assertThatThrownBy(() -> CheckpointFile.read(file)).hasMessageContaining("no model tensors");
    }
  }

  @Test
  void whatIsNoObjectIsNoHeader() throws IOException {
    Path file = write("[1]", new byte[4]);
    assertThatThrownBy(() -> SafetensorsReader.read(file))
        .hasMessageContaining("not a JSON object");
  }

  /** Escape sequences, and the sign that makes a terminal write from right to left. */
  @Test
  void namesAreShownInOneLineOrRefused() throws IOException {
    for (String odd : List.of("a\u001b[2J", "a\u202eb", "a\u2028b", "a".repeat(201))) {
      Path file =
          write(
              "{\"%s\": {\"dtype\": \"U8\", \"shape\": [1], \"data_offsets\": [0, 1]}}"
                  .formatted(odd.replace("\u001b", "\\u001b")),
              new byte[1]);
      assertThatThrownBy(() -> CheckpointFile.read(file))
          .hasMessageContaining("too long or not printable")
          .message()
          .doesNotMatch("(?s).*\\p{C}.*");
    }
  }

  private Path write(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).put(data);
    return Files.write(directory.resolve("a.safetensors"), bytes.array());
  }
}
