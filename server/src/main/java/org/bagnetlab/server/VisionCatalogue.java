package org.bagnetlab.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.bagnetlab.queue.spec.Catalogue;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.dataset.Controlled15;
import org.bagnetlab.vision.dataset.DatasetFacts;
import org.bagnetlab.vision.dataset.DatasetStore;

/** The networks that are built and the data sets that are present. */
public final class VisionCatalogue implements Catalogue {

  private static final int SMALLEST_IMAGE = 40;

  private final DatasetStore datasets;

  /** The networks, and the data sets of this store. */
  public VisionCatalogue(DatasetStore datasets) {
    this.datasets = datasets;
  }

  @Override
  public List<String> architectures() {
    return Architectures.all().stream().map(Blueprint::name).toList();
  }

  @Override
  public String label(String architecture) {
    return Architectures.named(architecture).label();
  }

  @Override
  public boolean explainable(String architecture) {
    return Architectures.find(architecture).map(Blueprint::bagOfLocalFeatures).orElse(false);
  }

  @Override
  public List<String> datasets() {
    try {
      return datasets.list().stream().map(DatasetFacts::name).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The data sets cannot be listed", e);
    }
  }

  @Override
  public int smallestImage(String dataset) {
    return dataset.equals(Controlled15.NAME) ? Controlled15.SMALLEST_IMAGE : SMALLEST_IMAGE;
  }
}
