package org.bagnetlab.vision.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same picture, stored in the ways that PNG and JPEG have, gives the same values. */
@Timeout(30)
class ImageDecoderTests {

  private static final int SIDE = 16;
  private static final int NOISE_SIDE = 40;
  private static final int GRAY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int GRAY_ALPHA = 4;
  private static final int RGB_ALPHA = 6;

  /** All levels once. */
  private static final byte[] LEVELS = levels();

  @Test
  void grayIsTheSameWithTransparencyAndAsColours() throws IOException {
    byte[] opaque = new byte[2 * LEVELS.length];
    byte[] transparent = new byte[2 * LEVELS.length];
    byte[] colours = new byte[3 * LEVELS.length];
    byte[] both = new byte[4 * LEVELS.length];
    for (int i = 0; i < LEVELS.length; i++) {
      opaque[2 * i] = LEVELS[i];
      opaque[2 * i + 1] = (byte) 255;
      transparent[2 * i] = LEVELS[i];
      transparent[2 * i + 1] = (byte) (i % 256);
      for (int channel = 0; channel < 3; channel++) {
        colours[3 * i + channel] = LEVELS[i];
        both[4 * i + channel] = LEVELS[i];
      }
      both[4 * i + 3] = (byte) (i % 256);
    }
    assertGray(png(GRAY, 8, LEVELS), 1);
    assertGray(png(GRAY_ALPHA, 8, opaque), 1);
    assertGray(png(GRAY_ALPHA, 8, transparent), 1);
    assertGray(png(RGB, 8, colours), 3);
    assertGray(png(RGB_ALPHA, 8, both), 3);
  }

  @Test
  void aPaletteGivesItsColours() throws IOException {
    byte[] palette = new byte[3 * 256];
    new Random(4).nextBytes(palette);
    Pixels pixels = ImageDecoder.decode(png(PALETTE, 8, LEVELS, "PLTE", palette));
    for (int i = 0; i < LEVELS.length; i++) {
      for (int channel = 0; channel < 3; channel++) {
        assertThat(pixels.at(i / SIDE, i % SIDE, channel))
            .isEqualTo(palette[3 * (LEVELS[i] & 0xFF) + channel] & 0xFF);
      }
    }
  }

  @Test
  void aBitIsBlackOrWhite() throws IOException {
    byte[] bits = new byte[SIDE * SIDE / 8];
    new Random(5).nextBytes(bits);
    Pixels pixels = ImageDecoder.decode(png(GRAY, 1, bits));
    for (int i = 0; i < SIDE * SIDE; i++) {
      boolean white = (bits[i / 8] >> (7 - i % 8) & 1) == 1;
      assertThat(pixels.at(i / SIDE, i % SIDE, 0)).isEqualTo(white ? 255 : 0);
    }
  }

  @Test
  void sixteenBitsAreRefusedByName() throws IOException {
    byte[] gray = png(GRAY, 16, new byte[2 * SIDE * SIDE]);
    byte[] colours = png(RGB, 16, new byte[6 * SIDE * SIDE]);
    byte[] transparent = png(GRAY_ALPHA, 16, new byte[4 * SIDE * SIDE]);
    for (byte[] each : new byte[][] {gray, colours, transparent}) {
      assertThatThrownBy(() -> ImageDecoder.decode(each))
          .isInstanceOf(IOException.class)
          .hasMessage("16 bits per channel are too many: save it with 8");
    }
  }

  /** One level all over is the same after JPEG, whose first coefficient it is, but for rounding. */
  @Test
  void aGrayJpegKeepsItsLevel() throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.getRaster().setSample(i % SIDE, i / SIDE, 0, 64);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    Pixels pixels = ImageDecoder.decode(bytes.toByteArray());
    assertThat(pixels.channels()).isEqualTo(1);
    assertThat(pixels.at(3, 5, 2)).isBetween(63, 65);
  }

  /** Its reader fills what is missing with gray, and only warns. */
  @ParameterizedTest
  @ValueSource(ints = {ImageWriteParam.MODE_DISABLED, ImageWriteParam.MODE_DEFAULT})
  void aJpegWithoutItsEndIsRefused(int progressiveMode) throws IOException {
    byte[] whole = jpeg(progressiveMode);
    assertThat(ImageDecoder.decode(whole).width()).isEqualTo(NOISE_SIDE);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ImageDecoder.decode(cut)).isInstanceOf(IOException.class);
    }
    byte[] most = Arrays.copyOf(whole, whole.length * 9 / 10);
    assertThatThrownBy(() -> ImageDecoder.decode(most))
        .hasMessage("the file is truncated: Truncated File - Missing EOI marker");
  }

  /** As some programs close a file that they cannot finish. */
  @Test
  void aJpegWithAnEndButWithoutAllValuesIsRefused() throws IOException {
    byte[] whole = jpeg(ImageWriteParam.MODE_DISABLED);
    byte[] cut = Arrays.copyOf(whole, whole.length * 2 / 3);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;
    assertThatThrownBy(() -> ImageDecoder.decode(cut))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the file is truncated: ");
  }

  @Test
  void aPngWithoutItsLastRowsIsRefused() throws IOException {
    byte[] whole = Png.of(noise());
    // After the values come a checksum of theirs, one of their chunk, and the chunk of the end.
    int values = whole.length - 4 - 4 - 12;
    for (int length = 0; length < values - 4; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ImageDecoder.decode(cut)).isInstanceOf(IOException.class);
    }
  }

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(NOISE_SIDE, NOISE_SIDE, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(6);
    for (int i = 0; i < NOISE_SIDE * NOISE_SIDE; i++) {
      image.setRGB(i % NOISE_SIDE, i / NOISE_SIDE, random.nextInt());
    }
    return image;
  }

  private static byte[] jpeg(int progressiveMode) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(progressiveMode);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(noise(), null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static void assertGray(byte[] file, int channels) throws IOException {
    Pixels pixels = ImageDecoder.decode(file);
    assertThat(pixels.channels()).isEqualTo(channels);
    for (int i = 0; i < LEVELS.length; i++) {
      for (int channel = 0; channel < 3; channel++) {
        assertThat(pixels.at(i / SIDE, i % SIDE, channel)).isEqualTo(LEVELS[i] & 0xFF);
      }
    }
  }

  private static byte[] levels() {
    byte[] levels = new byte[SIDE * SIDE];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) i;
    }
    return levels;
  }

  private static byte[] png(int type, int depth, byte[] values) throws IOException {
    return png(type, depth, values, "teSt", new byte[0]);
  }

  /** A PNG file of a side of {@link #SIDE}, with one chunk more. */
  private static byte[] png(int type, int depth, byte[] values, String chunk, byte[] contents)
      throws IOException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(rows)) {
      int row = values.length / SIDE;
      for (int i = 0; i < SIDE; i++) {
        deflater.write(0);
        deflater.write(values, i * row, row);
      }
    }
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(SIDE)
            .putInt(SIDE)
            .put((byte) depth)
            .put((byte) type)
            .array();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    file.writeBytes(chunk("IHDR", header));
    file.writeBytes(chunk(chunk, contents));
    file.writeBytes(chunk("IDAT", rows.toByteArray()));
    file.writeBytes(chunk("IEND", new byte[0]));
    return file.toByteArray();
  }

  private static byte[] chunk(String name, byte[] contents) {
    byte[] kind = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(kind);
    checksum.update(contents);
    return ByteBuffer.allocate(12 + contents.length)
        .putInt(contents.length)
        .put(kind)
        .put(contents)
        .putInt((int) checksum.getValue())
        .array();
  }
}
