/** Views of the stored runs: how a part of one is requested, computed, written and cached. */
@NullMarked
package org.bagnetlab.server.results.view;

import org.jspecify.annotations.NullMarked;
