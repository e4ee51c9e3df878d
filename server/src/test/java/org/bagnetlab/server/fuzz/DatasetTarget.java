package org.bagnetlab.server.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bagnetlab.vision.dataset.imported.DatasetException;
import org.bagnetlab.vision.dataset.store.DatasetStore;

/** Zip files of images, imported into a store that has to be empty again. */
final class DatasetTarget implements Target {

  private static final List<String> PATHS =
      List.of("scenes/train/Coast/a.jpg", "scenes/train/Forest/b.png", "scenes/test/Coast/c.gif");

  private final Path zip;
  private final Path folder;
  private final DatasetStore store;

  DatasetTarget(Path folder) {
    this.zip = folder.resolve("scenes.zip");
    this.folder = folder.resolve("datasets");
    this.store = new DatasetStore(this.folder);
  }

  @Override
  public List<byte[]> seeds() {
    try {
      return List.of(zipped(ZipEntry.DEFLATED), zipped(ZipEntry.STORED));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] zipped(int method) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (String path : PATHS) {
        String ending = path.substring(path.length() - 3).replace("jpg", "jpeg");
        byte[] image = ImageTarget.image(ending);
        CRC32 checksum = new CRC32();
        checksum.update(image);
        ZipEntry entry = new ZipEntry(path);
        entry.setTime(0);
        entry.setMethod(method);
        entry.setSize(image.length);
        entry.setCrc(checksum.getValue());
        out.putNextEntry(entry);
        out.write(image);
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public Mutation.Structure structure() {
    return new ZipHeaders();
  }

  @Override
  public boolean takes(byte[] input) throws Exception {
    Files.write(zip, input);
    boolean taken = imported();
    try (Stream<Path> left = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
      List<Path> files = left.toList();
      if (!files.isEmpty()) {
        throw new IOException("files are left: " + files);
      }
    }
    return taken;
  }

  private boolean imported() throws IOException {
    try {
      store.importFrom("scenes", zip, (done, total) -> {});
    } catch (DatasetException e) {
      // One line for each image that is unusable.
      for (String line : String.valueOf(e.getMessage()).split("\n", -1)) {
        Target.requireLine(line);
      }
      return false;
    }
    try (Closeable removed = store.remove("scenes")) {
      return removed != null;
    }
  }
}
