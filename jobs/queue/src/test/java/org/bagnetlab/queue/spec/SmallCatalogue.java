package org.bagnetlab.queue.spec;

import java.util.List;

/** Two networks and two data sets. */
public final class SmallCatalogue implements Catalogue {

  @Override
  public List<String> architectures() {
    return List.of("resnet50", "bagnet33");
  }

  @Override
  public String label(String architecture) {
    return architecture.equals("bagnet33") ? "BagNet-33" : "ResNet-50";
  }

  @Override
  public boolean explainable(String architecture) {
    return architecture.startsWith("bagnet");
  }

  @Override
  public List<String> datasets() {
    return List.of("controlled-15", "scene15");
  }

  @Override
  public int smallestImage(String dataset) {
    return dataset.equals("controlled-15") ? 64 : 40;
  }
}
