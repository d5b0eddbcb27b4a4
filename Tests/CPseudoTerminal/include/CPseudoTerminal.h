#ifndef CPSEUDOTERMINAL_H
#define CPSEUDOTERMINAL_H

#include "Spawning.h"
#include "VTermModel.h"

#endif
