package org.bagnetlab.vision.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpyFileTests {

  @Test
  void numpyFindsRowsAndColumns(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("values.npy");
    NumpyFile.write(new Heatmap(1, 2, 3, new float[] {1, 2, 3, 4, 5, -6.5f}), file);
    byte[] bytes = Files.readAllBytes(file);
    // As numpy.save writes it: magic, version 1.0, a header padded to 128 bytes, the values.
    assertThat(bytes).hasSize(128 + 24).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
    assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
        .endsWith(" \n");
    assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(128 + 20))
        .isEqualTo(-6.5f);
  }
}
