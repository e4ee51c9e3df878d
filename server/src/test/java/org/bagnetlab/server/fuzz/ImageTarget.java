package org.bagnetlab.server.fuzz;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bagnetlab.vision.dataset.image.ImageFile;

/** Images of all formats that are read, and of one that is not. */
final class ImageTarget implements Target {

  private final Path file;
  private final List<byte[]> seeds = new ArrayList<>();

  ImageTarget(Path folder) throws IOException {
    this.file = folder.resolve("image.jpg");
    for (BufferedImage image :
        List.of(
            drawn(colours(BufferedImage.TYPE_INT_RGB)),
            drawn(colours(BufferedImage.TYPE_BYTE_GRAY)),
            drawn(indexed()))) {
      for (String format : List.of("jpeg", "png", "gif", "bmp", "tiff")) {
        seeds.add(written(format, image, writer(format).getDefaultWriteParam()));
      }
    }
    ImageWriteParam progressive = writer("jpeg").getDefaultWriteParam();
    progressive.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    seeds.add(written("jpeg", drawn(colours(BufferedImage.TYPE_INT_RGB)), progressive));
    ImageWriteParam packed = writer("bmp").getDefaultWriteParam();
    packed.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    packed.setCompressionType("BI_RLE8");
    seeds.add(written("bmp", drawn(indexed()), packed));
  }

  private static BufferedImage colours(int type) {
    return new BufferedImage(24, 16, type);
  }

  private static BufferedImage indexed() {
    byte[] levels = new byte[256];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) i;
    }
    return new BufferedImage(
        24,
        16,
        BufferedImage.TYPE_BYTE_INDEXED,
        new IndexColorModel(8, 256, levels, levels, levels));
  }

  private static BufferedImage drawn(BufferedImage image) {
    for (int i = 0; i < 24 * 16; i++) {
      image.setRGB(i % 24, i / 24, 0x010305 * (i % 50));
    }
    return image;
  }

  /** A small image of this format. */
  static byte[] image(String format) throws IOException {
    return written(
        format, drawn(colours(BufferedImage.TYPE_INT_RGB)), writer(format).getDefaultWriteParam());
  }

  private static ImageWriter writer(String format) {
    return ImageIO.getImageWritersByFormatName(format).next();
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

  @Override
  public List<byte[]> seeds() {
    return seeds;
  }

  /** The sizes in headers are where they count. */
  @Override
  public Mutation.Structure structure() {
    return (input, random) ->
        input.length == 0
            ? input
            : Mutation.number(input, random.nextInt(Math.min(64, input.length)), random);
  }

  @Override
  public boolean takes(byte[] input) throws Exception {
    Files.write(file, input);
    try {
      return ImageFile.read(file, 32).width() == 32;
    } catch (IOException e) {
      Target.requireLine(String.valueOf(e.getMessage()));
      return false;
    }
  }
}
