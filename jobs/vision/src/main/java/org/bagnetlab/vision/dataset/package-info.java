/**
 * Images: what a data set is, where it comes from (an import, or a generator with known truth), how
 * it is split, and how an image becomes a network's input. Knows no engine.
 */
@NullMarked
package org.bagnetlab.vision.dataset;

import org.jspecify.annotations.NullMarked;
