package org.bagnetlab.vision.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that claim to be large images, or that take long to read, are refused early. */
@Timeout(20)
class ImageLimitsTests {

  private static final int START_OF_FRAME = 0xC2;
  private static final int START_OF_SCAN = 0xDA;

  @Test
  void aProgressiveJpegIsRead() throws IOException {
    byte[] file = progressive();
    assertThat(JpegScans.count(file)).isEqualTo(10);
    assertThat(ImageDecoder.decode(file).width()).isEqualTo(64);
  }

  /** A passage over 25 million pixels takes a tenth of a second, and 11 bytes of the file. */
  @Test
  void aLargeJpegOfManyScansIsRefused() throws IOException {
    byte[] file = repeatedLastScan(progressive(), 20);
    assertThat(ImageDecoder.decode(file).width()).isEqualTo(64);
    int frame = find(file, START_OF_FRAME, 0);
    ByteBuffer.wrap(file).putShort(frame + 5, (short) 5000).putShort(frame + 7, (short) 5000);
    refused(file, "30 scans of 5000 × 5000 pixels take too long to read", "baseline JPEG");
  }

  @Test
  void aSmallJpegOfVeryManyScansIsRefused() throws IOException {
    refused(repeatedLastScan(progressive(), 91), "101 scans", "at most 100", "baseline JPEG");
  }

  /** Cameras put a whole JPEG file into a segment, and others behind the end. */
  @Test
  void scansOfOtherImagesInTheFileAreNotCounted() throws IOException {
    byte[] file = progressive();
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    more.write(file, 0, 2);
    more.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1});
    more.writeBytes(ByteBuffer.allocate(2).putShort((short) (file.length + 2)).array());
    more.writeBytes(file);
    more.write(file, 2, file.length - 2);
    more.writeBytes(file);
    assertThat(JpegScans.count(more.toByteArray())).isEqualTo(10);
    assertThat(JpegScans.count(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF})).isZero();
  }

  @Test
  void pixelsAreBoundedBeforeTheyAreDecoded() {
    byte[] header = ByteBuffer.allocate(13).putInt(50_000).putInt(40_000).put((byte) 8).array();
    CRC32 checksum = new CRC32();
    byte[] kind = "IHDR".getBytes(StandardCharsets.US_ASCII);
    checksum.update(kind);
    checksum.update(header);
    ByteBuffer file = ByteBuffer.allocate(33);
    file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    file.putInt(13).put(kind).put(header).putInt((int) checksum.getValue());
    refused(file.array(), "50000 × 40000 pixels", "at most 25 million");
  }

  @Test
  void bytesAreBoundedWhereverAFileIsRead() throws IOException {
    byte[] most = new byte[1000];
    assertThat(ImageLimits.read(new ByteArrayInputStream(most), 1000)).hasSize(1000);
    assertThatThrownBy(() -> ImageLimits.read(new ByteArrayInputStream(most), 999))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than");
  }

  @Test
  void aGifWithoutItsRowsIsRefused() {
    ByteBuffer gif = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    gif.put("GIF89a".getBytes(StandardCharsets.US_ASCII));
    gif.putShort((short) 5000).putShort((short) 5000).put((byte) 0x80).putShort((short) 0);
    gif.put(new byte[6]).put((byte) ',').putInt(0);
    gif.putShort((short) 5000).putShort((short) 5000).put((byte) 0);
    gif.put(new byte[] {2, 1, ',', 0, ';'});
    refused(Arrays.copyOf(gif.array(), gif.position()), "0 of its 5000 rows");
  }

  /** A run of no pixels, then either the end of a row or that of the image. */
  @ParameterizedTest
  @ValueSource(bytes = {0, 1})
  void aBmpWithoutItsRowsIsRefused(byte end) {
    ByteBuffer bmp = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put("BM".getBytes(StandardCharsets.US_ASCII)).putInt(64).putInt(0).putInt(62).putInt(40);
    bmp.putInt(5000).putInt(5000).putShort((short) 1).putShort((short) 8).putInt(1).putInt(2);
    bmp.putInt(0).putInt(0).putInt(2).putInt(0).put(new byte[8]).put((byte) 0).put(end);
    refused(bmp.array(), "of its 5000 rows");
  }

  /** The reader of BMP files would give what they hold to another, past all limits. */
  @ParameterizedTest
  @CsvSource({"40, 4", "40, 5", "56, 4", "56, 5", "108, 4", "108, 5", "124, 4", "124, 5"})
  void aBmpThatHoldsAnotherImageIsRefused(int header, int compression) throws IOException {
    byte[] inner = repeatedLastScan(progressive(), 300);
    byte[] file = bmp(header, compression, inner.length, inner);
    refused(file, "a BMP file with embedded JPEG or PNG is not supported: save it as JPEG or PNG");
  }

  /** The size of the pixels, as a header says it; the last is above two thousand million. */
  @ParameterizedTest
  @CsvSource({
    "4, 1900000000, is not supported",
    "0, 1900000000, the file is truncated",
    "1, 1900000000, the file is truncated",
    "2, 1900000000, the file is truncated",
    "1, 4294967295, the file is truncated",
  })
  void aBmpOfMorePixelsThanItsFileIsRefused(int compression, long size, String refusal) {
    refused(bmp(40, compression, size, new byte[2]), refusal);
  }

  private static byte[] bmp(int header, int compression, long size, byte[] contents) {
    ByteBuffer bmp =
        ByteBuffer.allocate(14 + header + contents.length).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put("BM".getBytes(StandardCharsets.US_ASCII)).putInt(bmp.capacity()).putInt(0);
    bmp.putInt(14 + header).putInt(header).putInt(64).putInt(64).putShort((short) 1);
    bmp.putShort((short) (compression == 2 ? 4 : 8)).putInt(compression).putInt((int) size);
    return bmp.position(14 + header).put(contents).array();
  }

  /** A reader can fail in any way on bytes that are no image of its format. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp", "BI_RLE8"})
  void aDamagedFileHasAReasonWhereverItIsDamaged(String format) throws IOException {
    byte[] file = whole(format);
    for (int at = 0; at < file.length; at += 7) {
      byte[] damaged = file.clone();
      damaged[at] ^= (byte) 0xA5;
      try {
        var _ = ImageDecoder.decode(damaged);
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gif, damaged: Invalid block length",
    "bmp, the file is truncated",
    "BI_RLE8, the file is truncated",
  })
  void wholeGifAndBmpFilesAreReadAndCutOnesAreNot(String format, String refusal)
      throws IOException {
    byte[] file = whole(format);
    Pixels pixels = ImageDecoder.decode(file);
    assertThat(pixels.height()).isEqualTo(16);
    assertThat(pixels.at(15, 23, 0)).isEqualTo(383 / 7);
    refused(Arrays.copyOf(file, file.length - 40), refusal);
  }

  @Test
  void otherFormatsAreRefusedByName() throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    refused(
        written("tiff", image, writer("tiff").getDefaultWriteParam()),
        "TIFF images are not supported",
        "JPEG or PNG");
  }

  private static void refused(byte[] file, String... words) {
    assertThatThrownBy(() -> ImageDecoder.decode(file))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(words);
  }

  private static byte[] whole(String format) throws IOException {
    byte[] levels = new byte[256];
    for (int i = 0; i < 256; i++) {
      levels[i] = (byte) i;
    }
    BufferedImage image =
        new BufferedImage(
            24,
            16,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 256, levels, levels, levels));
    for (int i = 0; i < 24 * 16; i++) {
      image.getRaster().setSample(i % 24, i / 24, 0, i / 7 % 256);
    }
    return format.equals("BI_RLE8")
        ? written("bmp", image, compressed(format))
        : written(format, image, writer(format).getDefaultWriteParam());
  }

  private static byte[] progressive() throws IOException {
    ImageWriteParam parameters = writer("jpeg").getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    return written("jpeg", new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), parameters);
  }

  private static byte[] repeatedLastScan(byte[] file, int times) {
    int last = 0;
    for (int at = find(file, START_OF_SCAN, 0); at >= 0; at = find(file, START_OF_SCAN, at + 1)) {
      last = at;
    }
    int end = file.length - 2;
    ByteArrayOutputStream repeated = new ByteArrayOutputStream();
    repeated.write(file, 0, end);
    for (int i = 0; i < times; i++) {
      repeated.write(file, last, end - last);
    }
    repeated.write(file, end, 2);
    return repeated.toByteArray();
  }

  private static int find(byte[] file, int marker, int from) {
    for (int i = from; i < file.length - 1; i++) {
      if ((file[i] & 0xFF) == 0xFF && (file[i + 1] & 0xFF) == marker) {
        return i;
      }
    }
    return -1;
  }

  private static ImageWriter writer(String format) {
    return ImageIO.getImageWritersByFormatName(format).next();
  }

  private static ImageWriteParam compressed(String type) {
    ImageWriteParam parameters = writer("bmp").getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionType(type);
    return parameters;
  }

  private static byte[] written(String format, BufferedImage image, ImageWriteParam parameters)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = writer(format);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
