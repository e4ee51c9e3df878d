/** Measures where evidence lies, on images whose construction is known. */
@NullMarked
package org.bagnetlab.worker.localisation;

import org.jspecify.annotations.NullMarked;
