/** What several kinds of maps say that counts in an image. */
@NullMarked
package org.bagnetlab.experiment.saliency;

import org.jspecify.annotations.NullMarked;
