@NullMarked
package org.bagnetlab.worker.faithfulness;

import org.jspecify.annotations.NullMarked;
