@NullMarked
package org.bagnetlab.storage.job;

import org.jspecify.annotations.NullMarked;
