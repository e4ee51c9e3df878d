package org.bagnetlab.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TensorBoardEventsTests {

  /** The first bytes of each file that TensorFlow writes: a record of 24 bytes. */
  @Test
  void aFileBeginsAsTensorFlowsDo() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new TensorBoardEvents(out, 0);
    byte[] bytes = out.toByteArray();
    assertThat(HexFormat.of().formatHex(bytes, 0, 12)).isEqualTo("1800000000000000a37f4b22");
    assertThat(new String(bytes, 12 + 11, 13, "UTF-8")).isEqualTo("brain.Event:2");
    assertThat(bytes).hasSize(12 + 24 + 4);
  }

  @Test
  void anEventHasItsStepTagAndValue() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TensorBoardEvents events = new TensorBoardEvents(out, 1.5);
    int before = out.size();
    events.add("validation/accuracy", 300, 2.5, .75);
    byte[] bytes = out.toByteArray();
    CodedInputStream event =
        CodedInputStream.newInstance(Arrays.copyOfRange(bytes, before + 12, bytes.length - 4));
    assertThat(event.readTag()).isEqualTo(1 << 3 | 1);
    assertThat(event.readDouble()).isEqualTo(2.5);
    assertThat(event.readTag()).isEqualTo(2 << 3);
    assertThat(event.readInt64()).isEqualTo(300);
    assertThat(event.readTag()).isEqualTo(5 << 3 | 2);
    CodedInputStream summary = CodedInputStream.newInstance(event.readByteArray());
    assertThat(event.isAtEnd()).isTrue();
    assertThat(summary.readTag()).isEqualTo(1 << 3 | 2);
    CodedInputStream value = CodedInputStream.newInstance(summary.readByteArray());
    assertThat(value.readTag()).isEqualTo(1 << 3 | 2);
    assertThat(value.readString()).isEqualTo("validation/accuracy");
    assertThat(value.readTag()).isEqualTo(2 << 3 | 5);
    assertThat(value.readFloat()).isEqualTo(.75f);
  }
}
