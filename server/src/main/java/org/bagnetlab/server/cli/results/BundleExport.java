package org.bagnetlab.server.cli.results;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.bundle.Citation;
import org.bagnetlab.server.bundle.Crate;
import org.bagnetlab.server.bundle.Crate.BundledFile;
import org.bagnetlab.server.bundle.RunRecord;
import org.bagnetlab.server.bundle.RunRecord.RecordedFile;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.ProgressLine;
import org.bagnetlab.storage.directory.FileTree;

/**
 * Writes a bundle: tables and figures, the records and files of the runs, and the metadata by which
 * it is found and cited. The file appears when it is complete.
 */
final class BundleExport {

  private static final String CHECKPOINT = kind(ArtifactKind.CHECKPOINT);
  private static final String TRAINING_STATE = kind(ArtifactKind.TRAINING_STATE);
  private static final String CHECKSUMS = "manifest-sha256.txt";

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "csv", "text/csv",
          "json", "application/json",
          "tex", "application/x-tex",
          "svg", "image/svg+xml",
          "png", "image/png",
          "md", "text/markdown",
          "cff", "application/yaml",
          "txt", "text/plain");

  private final LabClient client;
  private final Path file;
  private final Citation citation;
  private final boolean checkpoints;
  private final ProgressLine progressLine = new ProgressLine("files");
  private final List<BundledFile> files = new ArrayList<>();
  private final StringBuilder checksums = new StringBuilder();

  BundleExport(LabClient client, Path file, Citation citation, boolean checkpoints) {
    this.client = client;
    this.file = file;
    this.citation = citation;
    this.checkpoints = checkpoints;
  }

  /** Refuses to replace a file. */
  static void requireNew(Path file) {
    if (Files.exists(file)) {
      throw new Failure("%s exists already.".formatted(file));
    }
  }

  /**
   * Writes the bundle.
   *
   * @param tables directory with tables and figures
   * @param query selects the runs
   * @return the number of files in it
   */
  int write(Path tables, String query) throws IOException, InterruptedException {
    List<RunRecord> runs = records(query);
    if (runs.isEmpty()) {
      throw new Failure("There are no runs to put into a bundle.");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (ZipOutputStream zip =
          new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
        write(zip, tables, runs);
      }
      FileTree.sync(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
      progressLine.clear();
    }
    return files.size() + 1;
  }

  private List<RunRecord> records(String query) throws IOException, InterruptedException {
    List<RunRecord> runs = new ArrayList<>();
    for (var run : Json.MAPPER.readTree(client.text("run-records" + query)).path("runs")) {
      runs.add(RunRecord.MAPPER.treeToValue(run, RunRecord.class));
    }
    return runs;
  }

  private void write(ZipOutputStream zip, Path tables, List<RunRecord> runs)
      throws IOException, InterruptedException {
    add(zip, "README.md", readme(runs), "What this bundle contains");
    add(zip, "CITATION.cff", citation.cff(), "How to cite this bundle");
    add(zip, ".zenodo.json", citation.zenodo(), "Metadata for Zenodo");
    for (Path table : tables(tables)) {
      String name = tables.relativize(table).toString().replace('\\', '/');
      add(zip, "tables/" + name, table, mediaType(name), "Table or figure");
    }
    int all = runs.stream().mapToInt(run -> 1 + run.files().size()).sum();
    int done = 0;
    for (RunRecord run : runs) {
      add(zip, run.path(), text(run), "Settings, numbers and provenance of: " + run.title());
      progressLine.report(++done, all);
      for (RecordedFile recorded : run.files()) {
        if (isWanted(recorded)) {
          download(zip, run, recorded);
        }
        progressLine.report(++done, all);
      }
    }
    add(
        zip,
        CHECKSUMS,
        checksums.toString(),
        "Checksums of all files but this one and " + Crate.FILE);
    addUnlisted(zip, Crate.FILE, Crate.of(citation, files, runs));
  }

  private static List<Path> tables(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private boolean isWanted(RecordedFile recorded) {
    return !recorded.kind().equals(TRAINING_STATE)
        && (checkpoints || !recorded.kind().equals(CHECKPOINT));
  }

  private void download(ZipOutputStream zip, RunRecord run, RecordedFile recorded)
      throws IOException, InterruptedException {
    Path received = Files.createTempFile("bagnetlab-", ".part");
    try {
      client.download("artifacts/" + recorded.id(), received, (bytes, known) -> {});
      add(
          zip,
          run.path(recorded),
          received,
          recorded.mediaType(),
          "%s of: %s".formatted(recorded.kind(), run.title()));
    } finally {
      Files.deleteIfExists(received);
    }
  }

  private String readme(List<RunRecord> runs) {
    return Stream.concat(
            citation.lines(),
            Stream.of(
                "",
                "| file | contents |",
                "|---|---|",
                "| [tables](tables/README.md) | the tables and figures |",
                "| runs | a directory for each of %d trainings and measurements: settings, numbers, provenance, and files"
                        .formatted(runs.size())
                    + (checkpoints ? " |" : " except the weights |"),
                "| ro-crate-metadata.json | this bundle as an RO-Crate (Process Run profile) |",
                "| CITATION.cff, .zenodo.json | how to cite it |",
                "| %s | checksums: `sha256sum -c %s` |".formatted(CHECKSUMS, CHECKSUMS),
                "",
                "To see it in a lab of your own: `./bagnetlab import-runs %s`."
                    .formatted(file.getFileName())))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String text(RunRecord run) throws IOException {
    return RunRecord.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(run) + "\n";
  }

  private void add(ZipOutputStream zip, String path, String text, String description)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(zip, path, out -> out.write(bytes));
    files.add(new BundledFile(path, mediaType(path), bytes.length, description));
  }

  private void addUnlisted(ZipOutputStream zip, String path, String text) throws IOException {
    write(zip, path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void add(
      ZipOutputStream zip, String path, Path from, String mediaType, String description)
      throws IOException {
    write(zip, path, out -> Files.copy(from, out));
    files.add(new BundledFile(path, mediaType, Files.size(from), description));
  }

  private interface Contents {
    void writeTo(OutputStream out) throws IOException;
  }

  private void write(ZipOutputStream zip, String path, Contents contents) throws IOException {
    MessageDigest digest = sha256();
    zip.putNextEntry(new ZipEntry(path));
    contents.writeTo(new DigestOutputStream(zip, digest));
    zip.closeEntry();
    checksums.append(HexFormat.of().formatHex(digest.digest())).append("  ").append(path);
    checksums.append('\n');
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java has it
    }
  }

  private static String mediaType(String path) {
    return MEDIA_TYPES.getOrDefault(
        path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
  }

  private static String kind(ArtifactKind kind) {
    return Json.MAPPER.convertValue(kind, String.class);
  }
}
