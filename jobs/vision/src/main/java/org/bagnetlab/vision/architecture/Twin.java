package org.bagnetlab.vision.architecture;

/**
 * A network with the same tensors as another, distinguished only by the names in a checkpoint.
 *
 * @param name registered name of the twin
 * @param hasOtherNames whether the twin's weights are the ones published under the names that
 *     {@link Blueprint#renaming()} translates; if false, the network's own weights are
 */
public record Twin(String name, boolean hasOtherNames) {}
