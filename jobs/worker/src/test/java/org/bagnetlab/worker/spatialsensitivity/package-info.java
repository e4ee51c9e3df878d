@NullMarked
package org.bagnetlab.worker.spatialsensitivity;

import org.jspecify.annotations.NullMarked;
