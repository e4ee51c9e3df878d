package org.bagnetlab.server.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
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
import org.bagnetlab.server.bundle.Bundle;
import org.bagnetlab.server.bundle.Citation;
import org.bagnetlab.server.bundle.Crate;
import org.bagnetlab.server.bundle.Crate.BundledFile;
import org.bagnetlab.server.bundle.RunRecord;
import org.bagnetlab.server.bundle.RunRecord.RecordedFile;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.ProgressLine;
import org.bagnetlab.storage.directory.FileTree;
import org.bagnetlab.vision.dataset.Sha256;

/**
 * Writes a bundle: tables and figures, the records and files of the runs, and the metadata by which
 * it is found and cited. The file appears when it is complete.
 */
final class BundleExport {

  private static final String CHECKPOINT = kind(ArtifactKind.CHECKPOINT);
  private static final String TRAINING_STATE = kind(ArtifactKind.TRAINING_STATE);

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
  private final ProgressLine progressLine = new ProgressLine("runs");
  private final List<BundledFile> files = new ArrayList<>();
  private final StringBuilder checksums = new StringBuilder();

  BundleExport(LabClient client, Path file, Citation citation, boolean checkpoints) {
    this.client = client;
    this.file = file;
    this.citation = citation;
    this.checkpoints = checkpoints;
  }

  /**
   * Writes the bundle.
   *
   * @param tables directory with tables and figures
   * @param query selects the runs
   * @return the number of files in it
   */
  int write(Path tables, String query) throws IOException, InterruptedException {
    JsonNode known = client.get("run-records" + query);
    List<Long> jobs = new ArrayList<>();
    known.path("jobs").forEach(job -> jobs.add(job.asLong()));
    if (jobs.isEmpty()) {
      throw new Failure("There are no runs to put into a bundle.");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (ZipOutputStream zip =
          new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
        addTables(zip, tables, jobs.size());
        List<RunRecord> runs = addRuns(zip, jobs);
        add(
            zip,
            Bundle.CHECKSUMS,
            checksums.toString(),
            "Checksums of all files but this one and " + Crate.FILE);
        addUnlisted(zip, Crate.FILE, Crate.of(citation, known.path("lab").asText(), files, runs));
      }
      FileTree.sync(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
      progressLine.clear();
    }
    return files.size() + 1;
  }

  private void addTables(ZipOutputStream zip, Path tables, int jobs) throws IOException {
    add(zip, "README.md", readme(jobs), "What this bundle contains");
    add(zip, "CITATION.cff", citation.cff(), "How to cite this bundle");
    add(zip, ".zenodo.json", citation.zenodo(), "Metadata for Zenodo");
    for (Path table : tables(tables)) {
      String name = tables.relativize(table).toString().replace('\\', '/');
      add(zip, "tables/" + name, table, mediaType(name), "Table or figure");
    }
  }

  /** Adds the records and files of jobs, and returns what the crate needs to know about them. */
  private List<RunRecord> addRuns(ZipOutputStream zip, List<Long> jobs)
      throws IOException, InterruptedException {
    List<RunRecord> runs = new ArrayList<>();
    for (long job : jobs) {
      progressLine.report(runs.size(), jobs.size());
      RunRecord run =
          RunRecord.MAPPER.readValue(client.text("run-records/" + job), RunRecord.class);
      add(zip, run.path(), text(run), "Settings, numbers and provenance of: " + run.title());
      for (RecordedFile recorded : run.files()) {
        if (isWanted(recorded)) {
          download(zip, run, recorded);
        }
      }
      runs.add(run.withoutNumbers());
    }
    return runs;
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
      try {
        client.download("artifacts/" + recorded.id(), received, (bytes, known) -> {});
      } catch (Failure lost) {
        progressLine.clear();
        System.err.printf(
            "Left out: %s of run %d. %s%n", recorded.name(), run.job(), lost.getMessage());
        return;
      }
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

  private String readme(int jobs) {
    return Stream.concat(
            citation.lines(),
            Stream.of(
                "",
                "| file | contents |",
                "|---|---|",
                "| [tables](tables/README.md) | the tables and figures |",
                "| runs | a directory for each of %d trainings and measurements: settings, numbers, provenance, and files"
                        .formatted(jobs)
                    + (checkpoints ? " |" : " except the weights |"),
                "| ro-crate-metadata.json | this bundle as an RO-Crate (Process Run profile) |",
                "| CITATION.cff, .zenodo.json | how to cite it |",
                "| %s | checksums: `sha256sum -c %s` |"
                    .formatted(Bundle.CHECKSUMS, Bundle.CHECKSUMS),
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
    MessageDigest digest = Sha256.digest();
    zip.putNextEntry(new ZipEntry(path));
    contents.writeTo(new DigestOutputStream(zip, digest));
    zip.closeEntry();
    checksums.append(HexFormat.of().formatHex(digest.digest())).append("  ").append(path);
    checksums.append('\n');
  }

  private static String mediaType(String path) {
    return MEDIA_TYPES.getOrDefault(
        path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
  }

  private static String kind(ArtifactKind kind) {
    return Json.MAPPER.convertValue(kind, String.class);
  }
}
