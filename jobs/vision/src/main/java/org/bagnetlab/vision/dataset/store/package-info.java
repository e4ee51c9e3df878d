/** The data sets of a lab, generated and imported ones alike, and what is in them. */
@NullMarked
package org.bagnetlab.vision.dataset.store;

import org.jspecify.annotations.NullMarked;
