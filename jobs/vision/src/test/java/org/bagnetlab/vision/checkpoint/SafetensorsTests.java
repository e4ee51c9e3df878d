package org.bagnetlab.vision.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "{'a': {'dtype': 'F32', 'shape': [1]}} | tensor a of shape [1]",
        "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [4, 8]}} | tensor a ends at byte",
        "{'a': {'dtype': 'F32', 'shape': [2147483647, 2147483647, 2147483647],"
            + " 'data_offsets': [0, 4]}} | tensor a of shape",
        "{'a': 1, 'a': 2} | the header is no JSON",
        "{'a': | the header is no JSON",
      })
  void whatIsWrongIsNamed(String header, String message) throws IOException {
    Path file = write(header.replace('\'', '"'), new byte[4]);
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private Path write(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).put(data);
    return Files.write(directory.resolve("a.safetensors"), bytes.array());
  }
}
