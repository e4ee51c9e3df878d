/** Measures networks while the most important parts of images are masked. */
@NullMarked
package org.bagnetlab.worker.spatialsensitivity;

import org.jspecify.annotations.NullMarked;
