@NullMarked
package org.bagnetlab.worker.predictivepatches;

import org.jspecify.annotations.NullMarked;
