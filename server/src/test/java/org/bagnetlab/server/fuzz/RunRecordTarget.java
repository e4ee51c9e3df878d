package org.bagnetlab.server.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bagnetlab.server.bundle.InvalidBundle;
import org.bagnetlab.server.bundle.RunImport;

/** Records of runs in bundles, whose checksums are right. */
final class RunRecordTarget implements Target {

  private static final String PATH = "runs/1/run.json";

  private static final String RECORD =
      """
      {"format": 1, "job": 1, "origin": {"lab": "854d82a2-966c-48a4-8b34-36d963c2164e", "run": 1},
       "spec": {"kind": "train", "architecture": "bagnet9", "dataset": "controlled-15",
         "recipe": "quick", "imageSize": 64, "width": 0.25, "sparsity": 0.0, "epochs": 6,
         "batchSize": 16, "learningRate": 0.004, "seed": 1, "heatmapStride": 1,
         "precision": "fp32", "preparation": "pillow", "duplicates": "keep"},
       "settings": {}, "title": "BagNet-9", "createdAt": "2026-11-30T17:39:37.953Z",
       "startedAt": "2026-11-30T17:39:38Z", "endedAt": "2026-11-30T17:43:10Z",
       "worker": {"engine": "executor", "device": "CPU", "threads": 1, "fastPath": true,
         "codeVersion": "0.1.0", "pid": 9479}, "code": "c0de",
       "epochs": [{"epoch": 1, "learningRate": 0.002, "trainLoss": "NaN", "trainAccuracy": 0.1,
         "validationLoss": 2.4, "validationAccuracy": 0.2, "best": true, "seconds": 3.5}],
       "results": [{"output": "accuracy", "metric": "accuracy", "set": "test", "axes": {},
         "value": 0.5, "images": 100}],
       "files": [{"id": 2, "name": "split.json", "kind": "split", "mediaType": "application/json",
         "sha256": "a0cd778ee7725854941c4709a8d61f3a551efc60ef29674cdfaa114c0dec0dec",
         "size": 2, "facts": {"train": "1200"}, "createdAt": "2026-11-30T17:43:10Z"}],
       "tags": ["best"], "note": "a note"}
      """;

  private final Path file;

  RunRecordTarget(Path folder) {
    this.file = folder.resolve("bundle.zip");
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(RECORD.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Mutation.Structure structure() {
    return Tokens.json();
  }

  @Override
  public boolean takes(byte[] input) throws Exception {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      write(out, PATH, input);
      String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(input));
      write(
          out,
          "manifest-sha256.txt",
          "%s  %s\n".formatted(sum, PATH).getBytes(StandardCharsets.UTF_8));
    }
    try {
      return RunImport.check(file) >= 0;
    } catch (InvalidBundle e) {
      Target.requireLine(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private static void write(ZipOutputStream out, String path, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(path));
    out.write(bytes);
    out.closeEntry();
  }
}
