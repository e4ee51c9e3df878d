/** Views of the stored runs: how a part of a view is selected, computed, formatted and cached. */
package org.bagnetlab.server.results.view;
