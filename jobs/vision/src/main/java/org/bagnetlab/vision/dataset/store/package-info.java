/** The data sets of a lab, generated and imported, and their contents. */
@NullMarked
package org.bagnetlab.vision.dataset.store;

import org.jspecify.annotations.NullMarked;
