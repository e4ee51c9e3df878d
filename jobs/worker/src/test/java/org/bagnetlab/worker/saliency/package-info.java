@NullMarked
package org.bagnetlab.worker.saliency;

import org.jspecify.annotations.NullMarked;
